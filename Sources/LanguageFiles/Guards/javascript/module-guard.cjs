'use strict'
// The module guard for Node: loaded before the program, inside the sandbox, and refuses built-in modules by policy.
//
// Contract with the host
//
//     argv    node --expose-internals --require /sanderling/guard/javascript/module-guard.cjs PROGRAM [ARGUMENT ...]
//     policy  /sanderling/policy/modules.json, the same as for Python:
//                 {"denied": ["fs"], "allowed": ["path"] or null, "program_directory": "/work", "report_fd": 3}
//             Names are those of built-in modules, with or without `node:`; a name covers its subpaths (`fs/promises`).
//     report  the same lines on the same descriptor: {"module":"fs","handled":true} at each refusal, and one more with
//             "handled":false at the end when the program died of one. At most 64 kB. They prove nothing.
//     exit    the program's own; 125 with one line on stderr, before any of the program has run, when the guard could
//             not be put in place.
//
// How it holds. `require` in all its forms ends in `Module._load`, and every `import` of a built-in module in the
// loader's translator for them; Node's own modules load each other by neither. Both are replaced, and so is the one
// function that hands a built-in module out to either, since a program may change how a name is resolved in between.
// The last two are what --expose-internals is for, and from then on Node's internal modules are refused too. A refusal
// is an Error with code ERR_ACCESS_DENIED. This is a guard rail inside the process that it guards; the kernel is the
// boundary. docs/module-policy.md says what that means.

const { writeSync, readFileSync, fstatSync } = require('fs')
const Module = require('module')
const { translators } = require('internal/modules/esm/translators')
const { loadBuiltinModule } = require('internal/modules/helpers')
// The latter is its name up to Node 18.
const { prepareStackTraceCallback, prepareStackTrace } = require('internal/errors')

// This module warns that it is for Node's own tests; the program's stderr is not the place for that.
const { emitWarning } = process
process.emitWarning = () => {}
const { internalBinding } = require('internal/test/binding')
process.emitWarning = emitWarning

try {
  install(JSON.parse(readFileSync('/sanderling/policy/modules.json', 'utf8')))
} catch (error) {
  writeSync(2, `sanderling: the module guard could not start: ${error.message}\n`)
  process.reallyExit(125)
}

function install(policy) {
  // Taken now: the program may change every prototype later.
  const { apply, defineProperty } = Reflect
  const { startsWith, slice } = String.prototype
  const { get, set } = WeakMap.prototype
  const { stringify } = JSON
  const plain = (name) => (apply(startsWith, name, ['node:']) ? apply(slice, name, [5]) : name)

  // -- The policy ----------------------------------------------------------------------------------------------------

  const lists = [policy.denied, policy.allowed ?? []]
  if (!lists.every((list) => Array.isArray(list) && list.every((name) => typeof name === 'string' && name))) {
    throw new Error('the policy has no proper module lists')
  }
  // Modules that hold the functions of another.
  const twins = {
    // The runner of tests starts a process for each file.
    child_process: ['cluster', 'test'],
    http: ['_http_agent', '_http_client', '_http_common', '_http_incoming', '_http_outgoing', '_http_server'],
    stream: ['_stream_duplex', '_stream_readable', '_stream_writable', '_stream_transform', '_stream_passthrough'],
    tls: ['_tls_common', '_tls_wrap'],
  }
  // They make a JavaScript world without this guard, or reach into this one: an allow list may name them.
  const undoing = ['worker_threads', 'inspector', 'wasi', 'v8', 'cluster']
  const denied = policy.denied.map(plain)
  for (const name of [...denied]) denied.push(...(twins[name] ?? []))
  const allowed = policy.allowed == null ? null : policy.allowed.map(plain)
  const covers = (names, name) => {
    for (let index = 0; index < names.length; index++) {
      if (name === names[index] || apply(startsWith, name, [names[index] + '/'])) return true
    }
    return false
  }
  const permitted = (name) => {
    if (apply(startsWith, name, ['internal/']) || covers(denied, name)) return false
    return allowed === null ? !covers(undoing, name) : covers(allowed, name)
  }

  // -- Reports -------------------------------------------------------------------------------------------------------

  const descriptor = policy.report_fd
  fstatSync(descriptor)
  let written = 0
  const report = (name, handled) => {
    const line = `{"module":${stringify(name)},"handled":${handled}}\n`
    if (written + line.length > 64000) return
    written += line.length
    try {
      writeSync(descriptor, line)
    } catch {
      // The program closed it: it can, and the line would prove nothing.
    }
  }
  const refusals = new WeakMap()
  const refuse = (name) => {
    report(name, true)
    const error = new Error(`module '${name}' is restricted by the sandbox policy`)
    defineProperty(error, 'code', { value: 'ERR_ACCESS_DENIED', enumerable: true, writable: true, configurable: true })
    defineProperty(error, 'module', { value: name, enumerable: true, writable: true, configurable: true })
    apply(set, refusals, [error, name])
    return error
  }
  process.on('uncaughtExceptionMonitor', (error) => {
    const caught = process.listenerCount('uncaughtException') > 0 || process.hasUncaughtExceptionCaptureCallback()
    const name = Object(error) === error ? apply(get, refusals, [error]) : undefined
    if (name !== undefined && !caught) report(name, false)
  })

  // -- The ways to a built-in module ---------------------------------------------------------------------------------

  const builtins = new Set(Module.builtinModules)
  const { has } = Set.prototype
  const check = (request) => {
    const name = plain(request)
    const builtin = request !== name || apply(has, builtins, [name]) || apply(startsWith, name, ['internal/'])
    if (builtin && !permitted(name)) throw refuse(name)
  }
  const fixed = (target, name, value) => {
    if (!defineProperty(target, name, { value, writable: false, configurable: false, enumerable: true })) {
      throw new Error(`${name} could not be replaced`)
    }
  }

  const load = Module._load
  fixed(Module, '_load', function _load(request, parent, isMain) {
    const name = `${request}`
    check(name)
    return apply(load, Module, [name, parent, isMain])
  })

  const translate = translators.get('builtin')
  if (typeof translate !== 'function') throw new Error('this Node has no translator for built-in modules')
  translators.set('builtin', function builtinStrategy(...rest) {
    check(`${rest[0]}`)
    return apply(translate, this, rest)
  })

  const getBuiltinModule = process.getBuiltinModule
  if (getBuiltinModule !== undefined) {
    fixed(process, 'getBuiltinModule', (request) => {
      const name = `${request}`
      check(name)
      return apply(getBuiltinModule, process, [name])
    })
  }

  // The standard streams are instances of classes that belong to modules, and so are the native handles below them.
  const classes = { net: ['Socket', 'Server'], tty: ['ReadStream', 'WriteStream'], fs: ['ReadStream', 'WriteStream'] }
  const handles = {
    net: [['pipe_wrap', 'Pipe'], ['tcp_wrap', 'TCP']],
    tty: [['tty_wrap', 'TTY']],
    dgram: [['udp_wrap', 'UDP']],
    child_process: [['process_wrap', 'Process']],
    fs: [['fs', 'FileHandle']],
  }
  const hideConstructor = (type) => {
    defineProperty(type.prototype, 'constructor', { value: Object, writable: true, configurable: true })
  }
  for (const home of Object.keys(classes)) {
    if (permitted(home)) continue
    const library = apply(load, Module, [home, module, false])
    for (const name of classes[home]) hideConstructor(library[name])
  }
  for (const home of Object.keys(handles)) {
    if (permitted(home)) continue
    for (const [binding, name] of handles[home]) hideConstructor(internalBinding(binding)[name])
  }

  // Whatever a request was resolved to, and by whom, the module itself is asked for its name here.
  const builtin = Object.getPrototypeOf(loadBuiltinModule('path'))
  const { compileForPublicLoader } = builtin
  if (typeof compileForPublicLoader !== 'function') throw new Error('this Node hands its modules out in another way')
  fixed(builtin, 'compileForPublicLoader', function (...rest) {
    if (!permitted(this.id)) throw refuse(this.id)
    return apply(compileForPublicLoader, this, rest)
  })

  // SIGUSR1 starts the inspector, whoever sends it and by whatever means.
  if (!permitted('inspector')) {
    const { Signal } = internalBinding('signal_wrap')
    const { SIGUSR1 } = internalBinding('constants').os.signals
    const watch = new Signal()
    watch.unref()
    watch.onsignal = () => {}
    if (watch.start(SIGUSR1) !== 0) throw new Error('SIGUSR1 could not be taken from the inspector')
  }

  // Bindings and native code stand below the modules.
  for (const name of ['binding', '_linkedBinding', 'dlopen', 'execve', '_debugProcess', '_debugEnd']) {
    if (name in process) {
      fixed(process, name, () => {
        throw refuse(`process.${name}`)
      })
    }
  }

  if (!permitted('fs')) {
    fixed(process.report, 'writeReport', () => {
      throw refuse('fs')
    })
  }

  // Stack traces are the program's, without this file's frames.
  const { setPrepareStackTraceCallback } = internalBinding('errors')
  const prepare = prepareStackTraceCallback ?? prepareStackTrace
  if (prepare === undefined || setPrepareStackTraceCallback === undefined) {
    throw new Error('this Node has no callback for stack traces')
  }
  const file = __filename
  const { filter } = Array.prototype
  setPrepareStackTraceCallback((globals, error, sites) => {
    const own = apply(filter, sites, [(site) => site.getFileName() !== file])
    return prepare(globals, error, own)
  })

  delete require.cache[__filename]
  module.children.length = 0
}
