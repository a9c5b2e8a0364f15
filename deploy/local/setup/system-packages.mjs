import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { SetupError, isOnPath, run } from './run.mjs';
import { say } from './say.mjs';
import { systemNeeds } from './system-needs.mjs';

/** FFmpeg, voices and fonts, through the machine's own package manager. */
export function systemPackages({ forTests }) {
  const missing = () => systemNeeds({ forTests }).filter((need) => !need.isThere());
  return {
    name: 'System packages',
    why: 'FFmpeg, the voices and the fonts of the films',
    isDone: async () => {
      refuseOtherSystems();
      const needs = missing();
      if (needs.every((need) => need.optional) && !mayInstall(managerHere())) warn(needs);
      else return needs.length === 0;
      return true;
    },
    run: () => install(missing()),
  };
}

async function install(needs) {
  const manager = managerHere();
  const required = needs.filter((need) => !need.optional);
  const named = required.find((need) => need.setting);
  if (named) throw new SetupError(`${named.setting} names a program that cannot be run.`);
  if (!mayInstall(manager)) throw new SetupError(whatToDo(required, manager));
  if (required.length > 0) await installPackages(manager, packagesOf(required, manager));
  const still = required.filter((need) => !need.isThere());
  if (still.length > 0) throw new SetupError(whatToDo(still, manager));

  const optional = needs.filter((need) => need.optional);
  await installPackages(manager, packagesOf(optional, manager)).catch(() => undefined);
  warn(optional.filter((need) => !need.isThere()));
}

/** Names of packages hold for the system's own manager; macOS has none, there Homebrew is meant. */
const MANAGERS = [
  {
    name: 'apt',
    program: 'apt-get',
    install: ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'],
    // A dpkg that was broken off refuses all else; without lists no package is known.
    before: [
      ['dpkg', '--configure', '-a'],
      ['apt-get', 'update'],
    ],
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  },
  { name: 'dnf', program: 'dnf', install: ['install', '-y'], before: [], env: {} },
  {
    name: 'pacman',
    program: 'pacman',
    install: ['-S', '--noconfirm', '--needed'],
    before: [['pacman', '-Sy']],
    env: {},
  },
  { name: 'brew', program: 'brew', install: ['install'], before: [], env: {}, asUser: true },
];

function managerHere() {
  return MANAGERS.find(({ program }) => isOnPath(program));
}

async function installPackages(manager, packages) {
  if (packages.length === 0) return;
  const prefix =
    manager.asUser || process.getuid() === 0
      ? []
      : ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'];
  const env = { ...process.env, ...manager.env };
  const call = ([program, ...args]) => {
    const words = [...prefix, program, ...args];
    return run(words[0], words.slice(1), { env, outlives: true });
  };
  for (const command of manager.before) await call(command);
  await call([manager.program, ...manager.install, ...packages]);
}

function mayInstall(manager) {
  if (!manager) return false;
  if (manager.asUser || process.getuid() === 0) return true;
  try {
    execFileSync('sudo', ['-n', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function packagesOf(needs, manager) {
  const names = needs.flatMap((need) => need.packages[manager.name]?.split(' ') ?? []);
  return [...new Set(names)];
}

function whatToDo(needs, manager) {
  if (!manager)
    return `please install ${needs.map((need) => need.name).join(', ')}, then start again.`;
  const sudo = manager.asUser ? '' : 'sudo ';
  const flags = manager.install.filter((word) => word === 'install' || word === '-S').join(' ');
  return `please run "${sudo}${manager.program} ${flags} ${packagesOf(needs, manager).join(' ')}", then start again.`;
}

function warn(needs) {
  for (const need of needs) say(`${need.name} is not installed: ${need.optional}.`);
}

function refuseOtherSystems() {
  if (process.platform === 'win32')
    throw new SetupError('Windows is served through WSL 2: start Aura in there.');
  if (existsSync('/etc/alpine-release')) {
    throw new SetupError(
      'Alpine is not served: the Temporal SDK needs glibc, which it lacks. Use Debian or another.',
    );
  }
}
