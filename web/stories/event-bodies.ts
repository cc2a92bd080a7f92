/** What stands beside events, in the stories: what a terminal said, with all that a terminal would obey. */

/** Of what every shell said. */
export const shellHash = 'e7'.repeat(32)

const lines = Array.from({ length: 500 }, (_, index) =>
  index % 9 === 4
    ? ` \x1b[31m✗\x1b[0m src/orders/pricing-${index}.test.ts \x1b[2m(${index % 12} tests)\x1b[0m expected 12.30, got 12.31`
    : ` \x1b[32m✓\x1b[0m src/orders/pricing-${index}.test.ts \x1b[2m(${index % 12} tests)\x1b[0m`,
)
const said = [
  '\x1b[1m RUN \x1b[0m v4.1.12 /work',
  '<script>document.title = "taken over"</script> \x1b]8;;https://example.org\x07a link\x1b]8;;\x07 \u202edesrever\u202c',
  'a line without an end '.repeat(2_000),
  ...lines,
].join('\n')

/** Says that there is more of it than it sends. */
export function createBodyFetch(): typeof fetch {
  const headers = { 'content-length': '7340032' }
  return async (_, init) => new Response(init?.method === 'HEAD' ? null : said, { headers })
}
