import type { Client } from '../client.ts'
import type { Context } from '../context.ts'
import { CliError, type ExitCode, exitCodes } from '../exit.ts'
import { ago } from '../format.ts'
import { graphql } from '../gql/gql.ts'
import { askMachine } from '../machine.ts'
import { type Check, renderChecks } from '../view/checks.ts'

const CheckServer = graphql(`
  query CheckServer {
    viewer { name keyId expiresAt }
    health { status version startedAt checks { name status reason mend } }
  }
`)

/** As `server/check.ts` prints it. */
type Finding = { name: string; ok: boolean; seen: string; mend: string }

/** `orrery check`: ends with 1 where something is amiss, here or with the server. */
export async function check(context: Context, { json }: { json?: boolean }): Promise<ExitCode> {
  const findings = await askMachine<Finding[]>('check', context.env as NodeJS.ProcessEnv)
  const here = findings.map(({ ok, ...rest }): Check => ({ ...rest, state: ok ? 'ok' : 'bad' }))
  const server = await checkServer(context)
  const { out } = context.terminal
  if (json) await out.line(JSON.stringify({ machine: here, server: server.checks }, null, 2))
  else {
    const screen = { width: out.width(), style: out.style }
    await out.line(renderChecks('This machine', here, screen).join('\n'))
    await out.line(`\n${renderChecks(server.title, server.checks, screen).join('\n')}`)
  }
  return [...here, ...server.checks].some(one => one.state === 'bad') ? exitCodes.error : exitCodes.ok
}

async function checkServer(context: Context): Promise<{ title: string; checks: Check[] }> {
  let title = 'Server'
  try {
    const client = context.client()
    title = `Server  ${client.url}`
    return { title, checks: await askServer(context, client) }
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    return { title, checks: [{ name: 'answers', state: 'bad', seen: error.message, mend: error.hint }] }
  }
}

async function askServer({ now }: Context, client: Client): Promise<Check[]> {
  const { viewer, health } = await client.query(CheckServer, {})
  const until = viewer.expiresAt === null ? '' : `, valid until ${viewer.expiresAt}`
  return [
    {
      name: 'answers',
      state: 'ok',
      seen: `version ${health.version}, started ${ago(Date.parse(health.startedAt), now())}`,
      mend: '',
    },
    { name: 'key', state: 'ok', seen: `${viewer.name} (${viewer.keyId})${until}`, mend: '' },
    ...health.checks.map(
      ({ name, status, reason, mend }): Check => ({ name, mend, state: states[status], seen: reason || 'OK' }),
    ),
  ]
}

const states = { OK: 'ok', DEGRADED: 'note', DOWN: 'bad' } as const
