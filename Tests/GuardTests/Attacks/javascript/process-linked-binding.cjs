try {
  process._linkedBinding('no_such')
} catch (error) {
  if (error.code !== 'ERR_ACCESS_DENIED') console.log('BREACH', error.message)
}
