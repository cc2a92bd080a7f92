import { useEffect, useMemo, useState } from 'react'
import { toGlobalId } from '../../../domain/ids.ts'
import type { Artifact } from '../../../domain/run/state.ts'
import { formatBytes, formatCount } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Bars, Empty } from '../../ui/empty.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import css from './artifacts.module.css'
import { pictureSize } from './picture-size.ts'
import { useBody } from './use-body.ts'

/** Pictures that hold nothing but points. An SVG is a document with scripts and links: it is shown as text. */
const pictures = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
export const isPicture = (mediaType: string): boolean => pictures.includes(mediaType)

/** A larger one is read only when somebody asks for it. */
const shownBytes = 2 * 1024 * 1024
/** One of more points is not decoded at all: at four bytes each it would take the memory of the page. */
const mostPoints = 50_000_000

/** A picture within bounds: never larger than its place, and only when it is wanted. */
export function Picture({ artifact }: { artifact: Artifact }) {
  const [wanted, want] = useState(artifact.size <= shownBytes)
  if (!wanted)
    return (
      <Empty icon="file" title="A large picture" action={<Button onClick={() => want(true)}>Show it</Button>}>
        {formatBytes(artifact.size)} of {artifact.mediaType}.
      </Empty>
    )
  return <Shown artifact={artifact} />
}

function Shown({ artifact: { id, mediaType, title } }: { artifact: Artifact }) {
  const body = useBody(toGlobalId('Artifact', id))
  const bytes = body.state === 'ready' ? body.bytes : null
  const [failed, fail] = useState(false)
  const size = useMemo(() => (bytes === null ? null : pictureSize(bytes)), [bytes])
  const fits = size !== null && size.width * size.height <= mostPoints
  const address = useAddress(fits ? bytes : null, mediaType)
  if (body.state === 'failed' || failed)
    return (
      <Empty icon="warning" title="It could not be shown">
        {body.state === 'failed' ? body.why : 'It is not the picture that it says it is. It can be downloaded.'}
      </Empty>
    )
  if (bytes !== null && !fits)
    return (
      <Empty icon="warning" title={size === null ? 'It is no picture' : 'Too large to be drawn'}>
        {size === null
          ? `It says that it is ${mediaType}, and its first bytes say otherwise.`
          : `It would be ${formatCount(size.width)} × ${formatCount(size.height)} points.`}{' '}
        It can be downloaded.
      </Empty>
    )
  if (address === null) return <Bars rows={4} height={80} />
  return (
    <Scroll className={css.pictureFrame} label={title}>
      <img
        className={css.picture}
        src={address}
        alt={title}
        decoding="async"
        loading="lazy"
        onError={() => fail(true)}
      />
    </Scroll>
  )
}

/** An address within the page for bytes; what a file says of itself decides nothing. */
function useAddress(bytes: Uint8Array | null, mediaType: string): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (bytes === null) return
    const made = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: mediaType }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [bytes, mediaType])
  return address
}
