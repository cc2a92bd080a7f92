/** What of an opened artifact stands in an address: which one, beside which, and where in it. */
export type ArtifactSearch = {
  /** Global id of the opened artifact. */
  artifact?: string
  /** Global id of the artifact that it is compared with. */
  base?: string
  /** A file of a change, and one of its hunks, from 1. */
  file?: string
  hunk?: number
  /** How a change is drawn: beside each other instead of beneath each other. */
  layout?: 'split'
  /** Changes of white space only are not shown. */
  space?: 'ignore'
  /** A finding of a report, from 1. */
  finding?: number
  /** The filter of findings: text, severities with commas between. */
  find?: string
  severity?: string
}

/** Takes what is well formed and drops the rest: an address may come from anywhere. */
export function parseArtifactSearch(search: Record<string, unknown>): ArtifactSearch {
  const { artifact, base, file, layout, space, find, severity } = search
  const [hunk, finding] = [search.hunk, search.finding].map(value =>
    Number.isSafeInteger(value) && Number(value) >= 1 ? Number(value) : undefined,
  )
  return {
    ...(typeof artifact === 'string' ? { artifact } : {}),
    ...(typeof base === 'string' ? { base } : {}),
    ...(typeof file === 'string' ? { file } : {}),
    ...(hunk === undefined ? {} : { hunk }),
    ...(layout === 'split' ? { layout } : {}),
    ...(space === 'ignore' ? { space } : {}),
    ...(finding === undefined ? {} : { finding }),
    ...(typeof find === 'string' || typeof find === 'number' ? { find: String(find) } : {}),
    ...(typeof severity === 'string' ? { severity } : {}),
  }
}

/** The address of another artifact keeps nothing of where one was in this one, except how changes are drawn. */
export const leaveArtifact = <Search extends ArtifactSearch>(search: Search): Search => {
  const { base: _base, file: _file, hunk: _hunk, finding: _finding, find: _find, severity: _severity, ...rest } = search
  return rest as Search
}
