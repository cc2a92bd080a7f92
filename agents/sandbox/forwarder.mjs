// Runs inside a sandbox that may go out. Listens on the sandbox's own loopback, where tools look for an HTTP proxy, passes
// each connection on to the socket of the egress proxy, and runs the command beside it, as which it then ends.
import { spawn } from 'node:child_process'
import { connect, createServer } from 'node:net'

const [socketPath = '', port = '', program = '', ...args] = process.argv.slice(2)

const server = createServer({ allowHalfOpen: true }, near => {
  const far = connect({ path: socketPath, allowHalfOpen: true })
  near.pipe(far).pipe(near)
  near.on('error', () => far.destroy())
  far.on('error', () => near.destroy())
})

server.listen(Number(port), '127.0.0.1', () => {
  const child = spawn(program, args, { stdio: 'inherit' })
  child.on('error', (/** @type {NodeJS.ErrnoException} */ error) => {
    console.error(`${program}: ${error.message}`)
    process.exit(error.code === 'ENOENT' ? 127 : 126)
  })
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1)
    process.kill(process.pid, signal)
  })
})
