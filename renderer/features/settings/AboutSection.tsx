import { useQuery } from '@tanstack/react-query'
import { exactTime } from '../../components/time.ts'
import { queries } from '../../transport/console.ts'
import { Section } from './Section.tsx'

export const AboutSection = () => {
  const about = useQuery(queries.system.about.queryOptions()).data
  return (
    <Section id="about" title="About">
      {about ? (
        <dl className="facts">
          <dt>Version</dt>
          <dd>
            OpenCoach {about.version} · data format {about.schemaVersion} · Node {about.node}
          </dd>
          <dt>Your data</dt>
          <dd className="path">{about.dataFolder}</dd>
          <dt>Runs since</dt>
          <dd>{exactTime(about.startedAt)}</dd>
        </dl>
      ) : null}
    </Section>
  )
}
