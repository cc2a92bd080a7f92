/**
 * The server names every fault of an input in one message: `variables of x: repo: is required; depth: …`. Each is shown at
 * its field; what belongs to none is the rest.
 */
export function faultsByField(
  message: string,
  fields: readonly string[],
): { of: Partial<Record<string, string>>; rest: string } {
  const of: Record<string, string> = {}
  const rest: string[] = []
  for (const part of message.replace(/^[^:;]+ of [^:;]+: /, '').split('; ')) {
    const match = /^([A-Za-z][\w-]*)(?:\.[\w.]+)?: (.+)$/s.exec(part)
    const name = match?.[1]
    if (name !== undefined && fields.includes(name))
      of[name] = of[name] === undefined ? (match?.[2] ?? '') : `${of[name]}; ${match?.[2]}`
    else if (part !== '') rest.push(part)
  }
  return { of, rest: rest.join('; ') }
}
