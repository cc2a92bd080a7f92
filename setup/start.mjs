/** `npm start`: the server, in a control group of its own where its sandboxes need one. */
import { inCheckout } from './checkout.mjs'
import { chooseStart, runInScope, thisMachine } from './scope.mjs'

const main = inCheckout('server', 'main.ts')
const { inScope, missing } = chooseStart(thisMachine())
if (missing !== '') {
  process.stderr.write(
    `Sandbox: it needs a control group, and ${missing}. Tasks that run code will be blocked; docs/sandbox.md says what helps.\n`,
  )
}
// The same process again, with the flags that `npm start` gave it.
if (inScope) process.exit(await runInScope([process.execPath, ...process.execArgv, main]))
await import(main)
