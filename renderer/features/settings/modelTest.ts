import { create } from 'zustand'

/** How the last test in this window went; any change of the model makes it untested again. */
type ModelTest = 'untested' | 'testing' | 'works' | 'failed'

export const useModelTest = create<{ readonly state: ModelTest }>(() => ({ state: 'untested' }))

export const setModelTest = (state: ModelTest) => useModelTest.setState({ state })
