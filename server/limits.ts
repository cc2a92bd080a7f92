/**
 * What an operation may ask for, decided on the parsed document before it is validated: validation compares fields with
 * one another and takes its time with documents that are made to hurt. Fragments are counted once, however often they are
 * spread: a document of 20 fragments that spread each other twice has 2²⁰ fields and is refused in a millisecond.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  type ParseOptions,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
  visit,
} from 'graphql'
import { searchedRows } from '../db/event-search.ts'

export type Limits = {
  tokens: number
  depth: number
  aliases: number
  directives: number
  rootFields: number
  /** Fields of one operation, fragments written out. */
  fields: number
  /** Rows that one operation may ask for: the product of `first` and `last` along the longest way, summed up. */
  rows: number
}

export const defaultLimits: Limits = {
  tokens: 2_000,
  depth: 10,
  aliases: 30,
  directives: 20,
  rootFields: 20,
  fields: 2_000,
  rows: 25_000,
}

/** What a selection comes to: its depth, its fields, and rows per row that it hangs on. */
type Cost = { depth: number; fields: number; rows: number }

/** As `parse` of graphql. Throws GraphQLError: a syntax error, or BAD_INPUT for the first limit that is passed. */
export function createParser(limits: Limits = defaultLimits) {
  return (source: string | Source, options: ParseOptions = {}): DocumentNode => {
    refuseNesting(typeof source === 'string' ? new Source(source) : source, limits.tokens)
    const document = parse(source, { ...options, maxTokens: limits.tokens })
    refuseBeyond(document, limits)
    return document
  }
}

/** The fields of an operation, fragments written out: what `extensions.cost` tells. */
export function costOf(document: DocumentNode, operationName: string | null | undefined): number {
  const operations = document.definitions.filter(one => one.kind === Kind.OPERATION_DEFINITION)
  const operation = operations.find(one => !operationName || one.name?.value === operationName)
  return operation === undefined ? 0 : counter(document)(operation.selectionSet).fields
}

/** Brackets in brackets. The parser calls itself for each, and 2,000 of them are more than its stack holds. */
const maxNesting = 100

function refuseNesting(source: Source, maxTokens: number): void {
  const lexer = new Lexer(source)
  let nesting = 0
  for (let count = 0; count <= maxTokens; count++) {
    const { kind } = lexer.advance()
    if (kind === TokenKind.EOF) return
    if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) nesting++
    if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) nesting--
    refuse('brackets within one another', nesting, maxNesting)
  }
}

function refuseBeyond(document: DocumentNode, limits: Limits): void {
  const plain = { aliases: 0, directives: 0 }
  visit(document, {
    Field: node => void (node.alias !== undefined && plain.aliases++),
    Directive: () => void plain.directives++,
  })
  const cost = counter(document)
  const operations = document.definitions.filter(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  )
  refuse('aliases', plain.aliases, limits.aliases)
  refuse('directives', plain.directives, limits.directives)
  for (const operation of operations) {
    const { depth, fields, rows } = cost(operation.selectionSet)
    refuse('levels', depth, limits.depth)
    refuse('fields', fields, limits.fields)
    refuse('rows', rows, limits.rows)
    refuse('fields at its root', rootFields(operation.selectionSet, document), limits.rootFields)
  }
}

function refuse(what: string, count: number, most: number): void {
  if (count <= most) return
  const shown = count > 1_000_000 ? 'more than a million' : count
  throw new GraphQLError(`The operation asks for ${shown} ${what}; at most ${most} are allowed`, {
    extensions: { code: 'LIMIT_EXCEEDED' },
  })
}

const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(document.definitions.flatMap(one => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])))

/** Counts selections, each fragment once. A circle of fragments counts nothing here: validation refuses it. */
function counter(document: DocumentNode): (selections: SelectionSetNode) => Cost {
  const fragments = fragmentsOf(document)
  const known = new Map<string, Cost>()
  const nothing: Cost = { depth: 0, fields: 0, rows: 0 }

  const ofFragment = (name: string): Cost => {
    const found = known.get(name)
    if (found !== undefined) return found
    known.set(name, nothing)
    const fragment = fragments.get(name)
    const cost = fragment === undefined ? nothing : of(fragment.selectionSet)
    known.set(name, cost)
    return cost
  }

  const ofField = (field: FieldNode): Cost => {
    const inner = field.selectionSet === undefined ? nothing : of(field.selectionSet)
    const rows = pageSize(field)
    // `ofType` unwraps a type and multiplies nothing: introspection goes deep along it.
    const level = field.name.value === 'ofType' ? 0 : 1
    return {
      depth: inner.depth + level,
      fields: inner.fields + 1,
      rows: rows === null ? inner.rows : rows * (1 + inner.rows),
    }
  }

  const of = (selections: SelectionSetNode): Cost => {
    const total = { ...nothing }
    for (const selection of selections.selections) {
      const cost =
        selection.kind === Kind.FIELD
          ? ofField(selection)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(selection.name.value)
            : of(selection.selectionSet)
      total.depth = Math.max(total.depth, cost.depth)
      total.fields += cost.fields
      total.rows += cost.rows
    }
    return total
  }
  return of
}

/** What a variable may stand for: the largest page. And the page that comes unasked. */
const largestPage = 100
const usualPage = 20

/** The rows that a field asks for; null where it is no page. */
function pageSize(field: FieldNode): number | null {
  // A search asks for every row that it looks at.
  if (field.arguments?.some(({ name }) => name.value === 'search') === true) return searchedRows
  const size = field.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last')
  if (size === undefined) return field.selectionSet?.selections.some(showsRows) ? usualPage : null
  return size.value.kind === Kind.INT ? Math.min(Math.max(Number(size.value.value), 0), 1e9) : largestPage
}

const showsRows = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && (selection.name.value === 'nodes' || selection.name.value === 'edges')

function rootFields(selections: SelectionSetNode, document: DocumentNode): number {
  const fragments = fragmentsOf(document)
  const known = new Map<string, number>()
  const count = (set: SelectionSetNode): number =>
    set.selections.reduce((sum, selection) => {
      if (selection.kind === Kind.FIELD) return sum + 1
      if (selection.kind === Kind.INLINE_FRAGMENT) return sum + count(selection.selectionSet)
      const name = selection.name.value
      if (!known.has(name)) {
        known.set(name, 0)
        const fragment = fragments.get(name)
        known.set(name, fragment === undefined ? 0 : count(fragment.selectionSet))
      }
      return sum + (known.get(name) ?? 0)
    }, 0)
  return count(selections)
}
