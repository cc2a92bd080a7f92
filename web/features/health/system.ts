import type { HealthChangedSubscription } from '../../gql/graphql.ts'

/** Everything that one message of the subscription tells. */
export type System = HealthChangedSubscription['healthChanged']
