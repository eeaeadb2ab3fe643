import { Modal } from '@mantine/core'
import { Kbd } from '../components/Kbd.tsx'
import { shortcutList } from './keyboard.ts'

export const ShortcutSheet = ({ onClose }: { readonly onClose: () => void }) => (
  <Modal opened onClose={onClose} title="Keyboard shortcuts" size={760} closeButtonProps={{ 'aria-label': 'Close' }}>
    <div className="shortcut-groups">
      {shortcutList.map((group) => (
        <section key={group.title}>
          <h3 className="shortcut-group">{group.title}</h3>
          <dl className="shortcuts">
            {group.keys.map((each) => (
              <div key={each.does}>
                <dt>
                  {each.keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                  <span className="visually-hidden">{each.keys.join(' ')}</span>
                </dt>
                <dd>{each.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  </Modal>
)
