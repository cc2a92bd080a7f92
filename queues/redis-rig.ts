/** Faults of Redis, for tests. */
import { Redis } from 'ioredis'

/** Ends every connection to this test's database, and nobody else's. */
export async function cutLinks(url: string): Promise<void> {
  const admin = new Redis(url)
  const database = new URL(url).pathname.slice(1)
  const clients = String(await admin.client('LIST'))
    .split('\n')
    .filter(line => new RegExp(` db=${database} `).test(line))
  const own = await admin.client('ID')
  for (const line of clients) {
    const id = Number(/^id=(\d+) /.exec(line)?.[1])
    if (id !== own) await admin.client('KILL', 'ID', id)
  }
  admin.disconnect()
}
