/** What programs need to find themselves, their fonts, their words, their graphics device and a place for their files. */
const HANDED_ON =
  /^(?:PATH|HOME|LANG|LC_[A-Z]+|TMPDIR|LD_LIBRARY_PATH|TZ|XDG_[A-Z_]+|FONTCONFIG_[A-Z]+|CUDA_[A-Z_]+|NVIDIA_[A-Z_]+|LIBVA_[A-Z_]+)$/;

/**
 * Of an environment what a program is started with: keys of providers and the address of the database are none of its
 * business, and what reads strangers' pictures and sounds must not be able to give them away. Pure.
 */
export function childEnvironment(
  own: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const handedOn = Object.entries(own).filter(([name]) => HANDED_ON.test(name));
  return { ...Object.fromEntries(handedOn), GLIBC_TUNABLES: HUGE_PAGES };
}

/**
 * Has the GNU library (2.35 and later) ask for huge pages where it takes much memory at once, as frames do: most
 * systems give them to those who ask. FFmpeg takes room for each frame anew, and clearing that page by page was up to a
 * tenth of what encoding full HD took. Elsewhere it is ignored.
 */
const HUGE_PAGES = 'glibc.malloc.hugetlb=1';
