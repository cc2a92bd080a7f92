/** Calls until it succeeds, at most `times` times; then the last error is thrown. */
export async function retry(work, times) {
  let failure
  for (let attempt = 1; attempt < times; attempt += 1) {
    try {
      return await work(attempt)
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
