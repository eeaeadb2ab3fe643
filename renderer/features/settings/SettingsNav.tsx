import { useEffect, useRef, useState } from 'react'
import { hrefTo } from '../../app/router.ts'
import type { SettingsGroup } from './settingsPlaces.ts'

export const scrollToSection = (id: string) =>
  document.getElementById(`settings-${id}`)?.scrollIntoView({ block: 'start' })

/** The section that stands at the top of the page; null until one does. */
const useSectionInView = (groups: readonly SettingsGroup[]): string | null => {
  const [inView, setInView] = useState<string | null>(null)
  useEffect(() => {
    const sections = groups
      .flatMap((group) => group.places)
      .flatMap(({ id }) => document.getElementById(`settings-${id}`) ?? [])
    const seen = new Set<Element>()
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) seen.add(target)
          else seen.delete(target)
        }
        const topmost = sections.find((section) => seen.has(section))
        if (topmost) setInView(topmost.id.replace('settings-', ''))
      },
      // Counts what is in the upper part of the page, a little below its edge.
      { root: sections[0]?.closest('.screen') ?? null, rootMargin: '-64px 0px -55% 0px' },
    )
    for (const section of sections) observer.observe(section)
    return () => observer.disconnect()
  }, [groups])
  return inView
}

/** Every section by name, in groups, so that none has to be looked for. */
export const SettingsNav = ({ groups }: { readonly groups: readonly SettingsGroup[] }) => {
  const inView = useSectionInView(groups)
  const nav = useRef<HTMLElement>(null)
  // On narrow windows it is one long row, in which the current name comes along.
  useEffect(() => {
    const current = inView && nav.current?.querySelector<HTMLElement>('[aria-current]')
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [inView])
  return (
    <nav className="settings-nav" aria-label="Settings" ref={nav}>
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          <p className="settings-nav-title" aria-hidden="true">
            {group.title}
          </p>
          <ul>
            {group.places.map(({ id, name }) => (
              <li key={id}>
                <a
                  href={hrefTo('settings', id)}
                  aria-current={id === inView ? 'location' : undefined}
                  // The address may name this section already, and then nothing else would move the page.
                  onClick={() => scrollToSection(id)}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}
