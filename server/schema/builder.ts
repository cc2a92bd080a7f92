/** The one builder that every noun of the schema declares itself on. */
import SchemaBuilder from '@pothos/core'
import RelayPlugin from '@pothos/plugin-relay'
import { maxPageSize } from '../../db/page.ts'
import { OrreryError } from '../../domain/errors.ts'
import type { Json } from '../../domain/json.ts'
import type { Context } from '../context.ts'
import { fromNodeId, toNodeId } from './node-id.ts'
import { BigIntScalar, DateTimeScalar, JsonScalar } from './scalars.ts'

export type SchemaTypes = {
  Context: Context
  DefaultFieldNullability: false
  DefaultEdgesNullability: false
  DefaultNodeNullability: false
  /** Counted only where it is asked for. */
  Connection: { totalCount: () => number | Promise<number> }
  Scalars: {
    ID: { Input: string; Output: string }
    DateTime: { Input: Date; Output: Date | number }
    BigInt: { Input: bigint; Output: bigint | number | string }
    JSON: { Input: Json; Output: Json }
  }
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  relay: {
    nodesOnConnection: true,
    edgesFieldOptions: { nullable: false },
    nodeFieldOptions: { nullable: false },
    nodeQueryOptions: { description: 'Anything that has an id; null where there is no such thing.' },
    nodesQueryOptions: {
      description: 'Several things by their ids, at most 100, in the order that was asked for.',
      resolve: (_, { ids }, __, ___, resolveNodes) => {
        if (ids.length > maxPageSize)
          throw new OrreryError('BAD_INPUT', `ids: at most ${maxPageSize}, not ${ids.length}`)
        return resolveNodes(ids) as never
      },
    },
    encodeGlobalID: (type, id) => toNodeId(type, String(id)),
    decodeGlobalID: id => fromNodeId(id),
    afterArgOptions: { description: 'Only what comes after this cursor.' },
    beforeArgOptions: { description: 'Only what comes before this cursor.' },
    firstArgOptions: { description: 'At most 100; 20 unless told.' },
    lastArgOptions: { description: 'At most 100, counted from the end.' },
  },
})

builder.addScalarType('DateTime', DateTimeScalar)
builder.addScalarType('BigInt', BigIntScalar)
builder.addScalarType('JSON', JsonScalar)

builder.globalConnectionField('totalCount', t =>
  t.int({ description: 'All of them, on whatever page.', resolve: connection => connection.totalCount() }),
)

builder.queryType({ description: 'What there is.' })
builder.mutationType({
  description: 'What can be done. Every answer is a payload or a UserError, and then nothing was changed.',
})
builder.subscriptionType({ description: 'What happens, over WebSocket (graphql-transport-ws) or server-sent events.' })
