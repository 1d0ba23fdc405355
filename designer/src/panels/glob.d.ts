/** Vite's: the modules that match, each fetched when it is called. */
interface ImportMeta {
  readonly glob: <Module>(pattern: string) => Readonly<Record<string, () => Promise<Module>>>;
}
