/** What stands beside events, in the stories: what a terminal said, with all that a terminal would obey. */
import type { EventBodies } from '../lib/event-bodies.ts'

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

export function createStoryBodies(): EventBodies {
  const bytes = new TextEncoder().encode(said)
  return { size: async () => 7_340_032, read: async () => ({ bytes, size: 7_340_032 }) }
}
