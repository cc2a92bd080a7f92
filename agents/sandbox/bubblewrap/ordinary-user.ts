/**
 * The contract of a sandbox, run by whoever runs this, without a test runner: prints the driver's report and then one line of
 * JSON for each case. Tests start it as a user without rights.
 */
import { createBubblewrap } from '../bubblewrap.ts'
import { sandboxContract } from '../contract/contract.ts'

const [bwrapPath = '', stateDir = ''] = process.argv.slice(2)
const sandbox = createBubblewrap({ bwrapPath, stateDir })

console.log(JSON.stringify(await sandbox.check()))
if ((await sandbox.check()).available) {
  for (const { name, run } of sandboxContract) {
    const error = await run(sandbox).then(
      () => null,
      (thrown: Error) => thrown.stack ?? thrown.message,
    )
    console.log(JSON.stringify({ name, error }))
  }
}
