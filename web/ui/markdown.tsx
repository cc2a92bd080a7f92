/**
 * Markdown as elements of React, from its syntax tree: no HTML is ever made of text. HTML in the text is shown as the text
 * that it is, images become links, and an address that is neither http(s) nor within the page becomes plain text.
 */
import type { ListItem, Nodes, Parent, Root, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { Fragment, type ReactNode, useMemo } from 'react'
import { cut, inert, Rest, visibleText } from './inert.tsx'
import css from './markdown.module.css'
import { Scroll } from './scroll.tsx'

/** Characters that are drawn as a document; what lies beyond is read as a file. */
const documentLimit = 400_000
const linesLimit = 20_000

export function Markdown({ text }: { text: string }) {
  return (
    <Scroll className={css.scroller} label="Document">
      <div className={css.document}>
        <Parsed text={text} limit={documentLimit} />
      </div>
    </Scroll>
  )
}

/** As `Markdown`, for a few lines amid other things. */
export function MarkdownText({ text }: { text: string }) {
  return (
    <div className={`${css.document} ${css.inline}`}>
      <Parsed text={text} limit={linesLimit} />
    </div>
  )
}

function Parsed({ text, limit }: { text: string; limit: number }) {
  const shown = cut(text, limit)
  const root = useMemo(() => parseMarkdown(shown), [shown])
  return (
    <>
      {inside(root)}
      {text.length > shown.length ? <Rest count={text.length - shown.length} /> : null}
    </>
  )
}

const parseMarkdown = (text: string): Root =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })

/** Where a link of an untrusted text may lead; null for nowhere. */
export const safeAddress = (url: string): string | null => (/^(https?:\/\/|mailto:|#)/i.test(url) ? url : null)

/** Its place in the text, which never changes. */
const keyOf = (node: Nodes): number | undefined => node.position?.start.offset

const inside = (parent: Parent): ReactNode => parent.children.map(child => <Element key={keyOf(child)} node={child} />)

/** The lines of a list without empty lines between them are no paragraphs. */
const tight = (item: ListItem): ReactNode =>
  item.children.map(child =>
    child.type === 'paragraph' ? (
      <Fragment key={keyOf(child)}>{inside(child)}</Fragment>
    ) : (
      <Element key={keyOf(child)} node={child} />
    ),
  )

function Element({ node }: { node: Nodes }): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return <p>{inside(node)}</p>
    case 'heading':
      return <Heading depth={node.depth}>{inside(node)}</Heading>
    case 'text':
    case 'html':
      return inert(node.value)
    case 'strong':
      return <strong>{inside(node)}</strong>
    case 'emphasis':
      return <em>{inside(node)}</em>
    case 'delete':
      return <del>{inside(node)}</del>
    case 'inlineCode':
      return <code>{inert(node.value)}</code>
    case 'code':
      return (
        <Scroll className={css.code} label="Code">
          <pre>{inert(node.value)}</pre>
        </Scroll>
      )
    case 'list':
      return node.ordered === true ? <ol start={node.start ?? 1}>{inside(node)}</ol> : <ul>{inside(node)}</ul>
    case 'listItem':
      return (
        <li data-task={node.checked ?? undefined}>
          {typeof node.checked === 'boolean' ? (
            <input type="checkbox" checked={node.checked} disabled aria-label="done" />
          ) : null}
          {node.spread === true ? inside(node) : tight(node)}
        </li>
      )
    case 'blockquote':
      return <blockquote>{inside(node)}</blockquote>
    case 'thematicBreak':
      return <hr />
    case 'break':
      return <br />
    case 'link':
      return <SafeLink url={node.url}>{inside(node)}</SafeLink>
    case 'image':
      return <SafeLink url={node.url}>{inert(node.alt || node.url)}</SafeLink>
    case 'table':
      return <TableElement table={node} />
    default:
      return 'children' in node ? inside(node as Parent) : null
  }
}

/** The document stands below the title of the page and of the artifact: its first heading is a third. */
function Heading({ depth, children }: { depth: number; children: ReactNode }) {
  const Tag = `h${Math.min(6, depth + 2)}` as 'h3' | 'h4' | 'h5' | 'h6'
  return (
    <Tag className={css.heading} data-depth={depth}>
      {children}
    </Tag>
  )
}

function SafeLink({ url, children }: { url: string; children: ReactNode }) {
  const address = safeAddress(url)
  if (address === null) return <span title={visibleText(url)}>{children}</span>
  return (
    <a href={address} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}

function TableElement({ table }: { table: Table }) {
  const [head, ...rows] = table.children
  return (
    <Scroll className={css.tableScroller} label="Table">
      <table>
        <thead>
          <tr>
            {head?.children.map((cell, index) => (
              <th key={keyOf(cell)} scope="col" data-align={table.align?.[index]}>
                {inside(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={keyOf(row)}>
              {row.children.map((cell, index) => (
                <td key={keyOf(cell)} data-align={table.align?.[index]}>
                  {inside(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
