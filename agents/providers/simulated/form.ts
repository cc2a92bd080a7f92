/** Values that a JSON Schema asks for: a draft is brought into its form, and what the draft does not know is filled in plainly. */
import type { Json } from '../../../domain/json.ts'

type Schema = { readonly [key: string]: Json }
type Place = { root: Schema; name: string; depth: number }

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unknown = 'Not known to the simulated model.'

/** The draft as the schema wants it: properties that it does not know are dropped, required ones that are missing are filled. */
export function inForm(schema: Schema, draft: Json | undefined): Json {
  return form(schema, draft, { root: schema, name: '', depth: 0 })
}

function form(given: Schema, draft: Json | undefined, place: Place): Json {
  const schema = resolve(given, place)
  if (place.depth > 12) return null
  if ('const' in schema) return schema.const as Json
  if (Array.isArray(schema.enum))
    return schema.enum.includes(draft as never) ? (draft as Json) : (schema.enum[0] as Json)
  const options = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined
  if (Array.isArray(options)) return form(chosen(options as readonly Schema[], draft, place), draft, place)
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, draft, place)
    case 'array':
      return arrayOf(schema, draft, place)
    case 'string':
      return textOf(schema, draft, place)
    case 'integer':
    case 'number':
      return numberOf(schema, draft)
    case 'boolean':
      return draft === true
    case 'null':
      return null
    default:
      return draft ?? null
  }
}

function resolve(schema: Schema, { root }: Place): Schema {
  if (typeof schema.$ref !== 'string') return schema
  const steps = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean)
  const target = steps.reduce<Json | undefined>((at, key) => (isSchema(at) ? at[key] : undefined), root)
  return isSchema(target) ? target : {}
}

const typeOf = ({ type, properties, items }: Schema): Json | undefined =>
  Array.isArray(type) ? type[0] : (type ?? (properties ? 'object' : items ? 'array' : undefined))

/** The first option that has the draft's type; where there is no draft, nothing, if nothing is allowed. */
function chosen(options: readonly Schema[], draft: Json | undefined, place: Place): Schema {
  const typed = options.map(option => ({ option, type: typeOf(resolve(option, place)) }))
  const wanted = draft === undefined || draft === null ? 'null' : Array.isArray(draft) ? 'array' : typeof draft
  const fits = typed.find(({ type }) => type === wanted || (wanted === 'number' && type === 'integer'))
  return fits?.option ?? options[0] ?? {}
}

function objectOf(schema: Schema, draft: Json | undefined, place: Place): Json {
  const properties = isSchema(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required : []
  const known = isSchema(draft) ? draft : {}
  const entries = Object.entries(properties).flatMap(([name, inner]) => {
    if (!required.includes(name) && known[name] === undefined) return []
    return [[name, form(isSchema(inner) ? inner : {}, known[name], { ...place, name, depth: place.depth + 1 })]]
  })
  const open = isSchema(schema.additionalProperties)
    ? Object.entries(known).filter(([name]) => !(name in properties))
    : []
  return Object.fromEntries([...entries, ...open])
}

function arrayOf(schema: Schema, draft: Json | undefined, place: Place): Json {
  const items = isSchema(schema.items) ? schema.items : {}
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : 1_000
  const given: readonly (Json | undefined)[] = Array.isArray(draft)
    ? draft
    : draft === undefined || draft === null
      ? []
      : [draft]
  const missing = Math.max(0, least - given.length)
  return [...given, ...Array.from({ length: missing }, () => undefined)]
    .slice(0, most)
    .map(item => form(items, item, { ...place, depth: place.depth + 1 }))
}

function textOf({ minLength, maxLength, format }: Schema, draft: Json | undefined, { name }: Place): string {
  const text =
    typeof draft === 'string'
      ? draft
      : draft === undefined || draft === null
        ? stand(name, format)
        : JSON.stringify(draft)
  const padded = typeof minLength === 'number' && text.trim().length < minLength ? `${text}${unknown}` : text
  return padded.slice(0, typeof maxLength === 'number' ? maxLength : 20_000)
}

function stand(name: string, format: Json | undefined): string {
  if (format === 'uri' || format === 'url') return 'about:blank'
  return /^(key|id|name|slug)$/.test(name) ? 'simulated' : unknown
}

function numberOf({ minimum, maximum, exclusiveMinimum }: Schema, draft: Json | undefined): number {
  const least = typeof minimum === 'number' ? minimum : typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 0
  const most = typeof maximum === 'number' ? maximum : Number.MAX_SAFE_INTEGER
  return Math.min(Math.max(typeof draft === 'number' ? draft : least, least), most)
}
