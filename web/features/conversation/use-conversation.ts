import { useMemo, useState } from 'react'
import { useMutation } from 'urql'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { useSignal } from '../../lib/hooks.ts'
import { randomKey } from '../../lib/random.ts'
import { type Conversation, type ConversationStore, createConversationStore } from './conversation-store.ts'
import { ConfirmCommandDocument, CreateConversationDocument, SayDocument } from './documents.ts'
import type { GivenFile } from './files.ts'

export function useConversation(id: string): { store: ConversationStore; view: Conversation } {
  const { live } = useApp()
  const store = useMemo(() => createConversationStore(live, id), [live, id])
  return { store, view: useSignal(store) }
}

const told = (refusal: { message: string; hint: string }): string => `${refusal.message} ${refusal.hint}`.trim()

/** Says something; resolves with whether it was said. The same words sent again, because an answer was lost, are said once. */
export function useSay(store: ConversationStore | null) {
  const [{ fetching }, send] = useMutation(SayDocument)
  const [fault, setFault] = useState('')
  const [idempotencyKey, setKey] = useState(randomKey)
  const say = async (conversationId: string, text: string, files: readonly GivenFile[]): Promise<boolean> => {
    setFault('')
    const { data, error } = await send({ input: { conversationId, text, files: [...files], idempotencyKey } })
    if (error?.networkError === undefined) setKey(randomKey())
    const refusal = error === undefined ? refusalOf(data?.say) : { message: faultOf(error), hint: '' }
    if (refusal !== null) setFault(told(refusal))
    if (data === undefined || !('said' in data.say)) return false
    store?.take([data.say.said, data.say.reply])
    return true
  }
  return { say, pending: fetching, fault }
}

/** Begins a conversation; resolves with its id, or null and the fault. */
export function useBegin(projectId: string) {
  const [, create] = useMutation(CreateConversationDocument)
  const [fault, setFault] = useState('')
  const [idempotencyKey, setKey] = useState(randomKey)
  const begin = async (title: string): Promise<string | null> => {
    setFault('')
    const { data, error } = await create({ input: { projectId, title, simulated: null, idempotencyKey } })
    if (error?.networkError === undefined) setKey(randomKey())
    const refusal = error === undefined ? refusalOf(data?.createConversation) : { message: faultOf(error), hint: '' }
    if (refusal !== null) setFault(told(refusal))
    return data !== undefined && 'conversation' in data.createConversation
      ? data.createConversation.conversation.id
      : null
  }
  return { begin, fault }
}

/** Does what a message proposes. */
export function useConfirm(store: ConversationStore) {
  const [{ fetching }, send] = useMutation(ConfirmCommandDocument)
  const [fault, setFault] = useState('')
  const confirm = async (messageId: string, index: number) => {
    setFault('')
    const { data, error } = await send({ input: { messageId, index } })
    const refusal = error === undefined ? refusalOf(data?.confirmCommand) : { message: faultOf(error), hint: '' }
    if (refusal !== null) setFault(told(refusal))
    if (data !== undefined && 'reply' in data.confirmCommand) store.take([data.confirmCommand.reply])
  }
  return { confirm, pending: fetching, fault }
}
