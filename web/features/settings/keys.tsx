import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import type { KeyLineFragment } from '../../gql/graphql.ts'
import { useApp } from '../../lib/app-context.ts'
import { faultOf, refusalOf } from '../../lib/fault.ts'
import { formatDate } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/dialog.tsx'
import { Bars } from '../../ui/empty.tsx'
import { Ago } from '../../ui/time.tsx'
import { CreateKey } from './create-key.tsx'
import { KeysDocument, RevokeKeyDocument } from './documents.ts'
import css from './settings.module.css'

// A list of keys names no type by which the cache could know that a new one belongs into it.
const context = { additionalTypenames: ['Key'] }

/** The keys of the organisation: who may act, since when, until when. */
export function KeyList() {
  const [{ data, error, fetching }] = useQuery({ query: KeysDocument, context })
  const [creating, setCreating] = useState(false)
  const isOwner = data?.viewer.role === 'OWNER'
  useShortcuts([{ keys: 'c', title: 'Make a key', group: 'Settings', run: () => isOwner && setCreating(true) }])
  if (data === undefined)
    return fetching ? <Bars rows={3} height={48} /> : <p className={css.fault}>{error ? faultOf(error) : ''}</p>
  return (
    <>
      <ul aria-label="Keys" className={css.keys}>
        {data.keys.nodes.map(key => (
          <KeyLine key={key.id} line={key} isOwner={isOwner} />
        ))}
      </ul>
      {isOwner ? (
        <Button icon="plus" keys="c" onClick={() => setCreating(true)}>
          New key
        </Button>
      ) : (
        <p className={css.note}>Only an owner makes and revokes keys.</p>
      )}
      {creating ? <CreateKey onClose={() => setCreating(false)} /> : null}
    </>
  )
}

function KeyLine({ line, isOwner }: { line: KeyLineFragment; isOwner: boolean }) {
  const { notices } = useApp()
  const [asking, setAsking] = useState(false)
  const [{ fetching }, revoke] = useMutation(RevokeKeyDocument)
  const { id, name, role, publicId, isMine, createdAt, expiresAt, revokedAt, lastUsedAt } = line
  const isOver = revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) < Date.now())
  const onYes = async () => {
    const { data, error } = await revoke({ input: { keyId: id } })
    const refusal = error === undefined ? refusalOf(data?.revokeKey) : { message: faultOf(error), hint: '' }
    if (refusal === null) notices.say(`The key ${name} is of no use any more.`, 'good')
    else notices.say(`${refusal.message} ${refusal.hint}`.trim(), 'bad')
  }
  return (
    <li className={css.key} data-over={isOver || undefined}>
      <span className={css.keyName}>
        {name}
        {isMine ? <span className={css.mine}>this one</span> : null}
      </span>
      <code>{publicId}</code>
      <span>{role === 'OWNER' ? 'Owner' : 'Member'}</span>
      <span className={css.when}>
        {revokedAt !== null ? (
          <>
            revoked <Ago at={Date.parse(revokedAt)} />
          </>
        ) : expiresAt !== null ? (
          `until ${formatDate(Date.parse(expiresAt))}`
        ) : lastUsedAt === null ? (
          `made ${formatDate(Date.parse(createdAt))}, never used`
        ) : (
          <>
            used <Ago at={Date.parse(lastUsedAt)} />
          </>
        )}
      </span>
      {isOwner && !isOver ? (
        <Button look="ghost" pending={fetching} onClick={() => setAsking(true)} aria-label={`Revoke ${name}`}>
          Revoke
        </Button>
      ) : (
        <span />
      )}
      {asking ? (
        <Confirm
          title={`Revoke the key ${name}?`}
          text={
            isMine
              ? 'It is the one that you use: you will be signed out within a second, with every session of it.'
              : 'Whoever uses it is shut out within a second, with every session that it opened. It cannot be taken back.'
          }
          yes="Revoke"
          onYes={() => void onYes()}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </li>
  )
}
