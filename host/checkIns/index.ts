export { approveCheckIn, dismissCheckIn, listCheckIns } from './checkIns.ts'
