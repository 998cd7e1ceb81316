try {
  process.dlopen({ exports: {} }, '/usr/lib/x86_64-linux-gnu/libc.so.6')
} catch (error) {
  if (error.code !== 'ERR_ACCESS_DENIED') console.log('BREACH', error.message)
}
