/** What an account is made from. Where it is, who it is, and nothing of any stage. */
export interface AccountSettings {
  key?: string | undefined;
  /** The vendor's own address unless given. Servers of one's own have none. */
  baseUrl?: string | undefined;
}
