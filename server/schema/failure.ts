import { errorCodes, type Failure } from '../../domain/errors.ts'
import { builder } from './builder.ts'
import { ErrorCodeEnum } from './results.ts'

/** Why a run, a task or one try at it failed. */
export const FailureRef = builder.objectRef<Failure>('Failure').implement({
  description: 'Why a run, a task or one try at it failed.',
  fields: t => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: 'INTERNAL also stands for a code that a newer version has introduced.',
      resolve: failure => errorCodes.find(code => code === failure.code) ?? 'INTERNAL',
    }),
    message: t.exposeString('message'),
    hint: t.exposeString('hint', {
      description: 'What can be done about it; empty where the message says so already.',
    }),
    retryable: t.exposeBoolean('retryable', { description: 'Whether another try may succeed without a change.' }),
  }),
})
