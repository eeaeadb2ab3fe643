interface SettingsPlace {
  readonly id: string
  readonly name: string
}

export interface SettingsGroup {
  readonly title: string
  readonly places: readonly SettingsPlace[]
}

/** Every section of Settings, in the order in which they stand. */
export const settingsGroups: readonly SettingsGroup[] = [
  {
    title: 'The clone',
    places: [
      { id: 'you', name: 'You' },
      { id: 'replies', name: 'Replies' },
      { id: 'handover', name: 'Handing over' },
      { id: 'quiet', name: 'Quiet hours' },
      { id: 'model', name: 'Model' },
      { id: 'recordings', name: 'Recordings' },
      { id: 'memory', name: 'Memory' },
      { id: 'past', name: 'Past conversations' },
      { id: 'budget', name: 'Budget' },
    ],
  },
  {
    title: 'You and your clients',
    places: [
      { id: 'alerts', name: 'Alerts' },
      { id: 'telegram', name: 'Telegram' },
      { id: 'own-phone', name: 'From my phone' },
      { id: 'sending', name: 'Sending' },
      { id: 'canned', name: 'Canned replies' },
      { id: 'practice', name: 'Practice' },
    ],
  },
  {
    title: 'This console',
    places: [
      { id: 'backups', name: 'Backups' },
      { id: 'security', name: 'Security' },
      { id: 'appearance', name: 'Appearance' },
      { id: 'about', name: 'About' },
    ],
  },
]
