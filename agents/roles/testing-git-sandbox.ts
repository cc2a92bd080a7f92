/** A sandbox for tests whose own, otherwise empty, network has a Git server in it. */
import { fileURLToPath } from 'node:url'
import type { Sandbox, WorkspaceRequest } from '../../domain/ports.ts'

export const gitServer = fileURLToPath(new URL('testing-git-server.mjs', import.meta.url))

export type Served = {
  /** The directory whose repositories are served. */
  root: string
  port: number
  /** Told of each workspace that is opened, with what it asked for. */
  opened?: (request: WorkspaceRequest) => void
}

/** The server is started before each command, and ended after it. */
export function withGitServer(sandbox: Sandbox, { root, port, opened }: Served): Sandbox {
  return {
    driver: sandbox.driver,
    check: fresh => sandbox.check(fresh),
    async open(request) {
      opened?.(request)
      const { egress: _, ...rest } = request
      const mounts = [
        ...(request.mounts ?? []),
        { hostPath: root, path: '/opt/remote' },
        { hostPath: gitServer, path: '/opt/server.mjs' },
      ]
      const workspace = await sandbox.open({ ...rest, mounts })
      const serve = `PORT=${port} node /opt/server.mjs > /tmp/ready`
      const start = `rm -f /tmp/ready; mkfifo /tmp/ready; ${serve} & read -r _ < /tmp/ready; "$@"; code=$?; kill $!; exit $code`
      return {
        ...workspace,
        exec: call => workspace.exec({ ...call, argv: ['/bin/sh', '-c', start, 'start', ...call.argv] }),
      }
    },
  }
}
