/** When things happened in the stories: so many minutes ago, whenever one looks. */
export type OfRun = { readonly runId: string }
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
