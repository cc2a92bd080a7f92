/**
 * A command as it is kept on the first event that it caused. Most commands say what that event says, so only the rest is
 * written: `FinishToolCall` takes 70 bytes instead of 250. What was said follows exactly from the two, which is what
 * deciding anew from the records rests on.
 */
import type { Json } from '../domain/json.ts'
import type { Command, CommandType } from '../domain/run/commands.ts'
import type { RecordedEvent } from '../domain/run/events.ts'
import type { CommandRecord } from './store.ts'

type Fields = { readonly [field: string]: Json }

/** The event's data without some fields, and the others: what an empty part would say is left out, as is its time. */
export type KeptCommand =
  | { type: CommandType; seed: number; now?: number; without?: readonly string[]; rest?: Fields }
  /** Before anything was left out. */
  | { input: Command; seed: number; now: number }

/** The JSON to keep. Values that deciding passed on are the very same objects, so comparing by identity finds nearly all. */
export function keepCommand({ input, now, seed }: CommandRecord, event: RecordedEvent): string {
  const said = input as unknown as Fields
  const told = event.data as Fields
  let without = ''
  for (const field in told) if (!(field in said)) without += `${without === '' ? '' : ','}${JSON.stringify(field)}`
  let rest = ''
  for (const field in said) {
    const value = said[field]
    if (field === 'type' || value === undefined || value === told[field]) continue
    rest += `${rest === '' ? '' : ','}${JSON.stringify(field)}:${JSON.stringify(value)}`
  }
  return [
    `{"type":"${input.type}","seed":${seed}`,
    now === event.at ? '' : `,"now":${now}`,
    without === '' ? '' : `,"without":[${without}]`,
    rest === '' ? '' : `,"rest":{${rest}}`,
    '}',
  ].join('')
}

export type CommandRow = { seq: number; command_id: string; command: KeptCommand; data: Fields; at: Date }

/** The command that was said, from the row of the first event that it caused. */
export function commandOf({ seq, command_id: id, command, data, at }: CommandRow): CommandRecord {
  if ('input' in command) return { id, seq, ...command }
  const { type, seed, now = at.getTime(), without = [], rest = {} } = command
  const told = Object.entries(data).filter(([field]) => !without.includes(field))
  return { id, seq, now, seed, input: { ...Object.fromEntries(told), ...rest, type } as unknown as Command }
}
