// policy: {"denied": ["fs"]}
try {
  console.log('BREACH', process.report.writeReport('/dev/null'))
} catch (error) {
  if (error.code !== 'ERR_ACCESS_DENIED') console.log('BREACH', error.message)
}
