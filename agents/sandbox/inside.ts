/** What commands find inside, whichever driver put the sandbox up: who they are, and what is where. */

/** The user inside. Outside it is another one, without any rights. */
export const insideUser = { uid: 1000, gid: 1000, name: 'agent' }

/** Where Node is found inside, wherever the host keeps it. */
export const nodePath = '/opt/orrery/bin/node'

/** The way out of a sandbox that has one; the port is on its own loopback. */
export const egressPlaces = { forwarder: '/opt/orrery/forwarder.mjs', socket: '/run/orrery/egress.sock', port: '3128' }
const proxyUrl = `http://127.0.0.1:${egressPlaces.port}`

/** What goes before a command so that it may use the way out. */
export const egressCommand: readonly string[] = [
  nodePath,
  egressPlaces.forwarder,
  egressPlaces.socket,
  egressPlaces.port,
]

/** Where tools look for a proxy; the last makes Node's own fetch do so. */
export const egressEnvironment: Readonly<Record<string, string>> = {
  ...{ http_proxy: proxyUrl, https_proxy: proxyUrl, HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl },
  ...{ no_proxy: '127.0.0.1,localhost,::1', NO_PROXY: '127.0.0.1,localhost,::1', NODE_USE_ENV_PROXY: '1' },
}

/** What every process inside finds in its environment, and nothing more. */
export const baseEnvironment: Readonly<Record<string, string>> = {
  PATH: '/opt/orrery/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  HOME: '/tmp',
  USER: insideUser.name,
  LANG: 'C.UTF-8',
}
