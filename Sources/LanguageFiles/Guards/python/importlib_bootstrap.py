"""The module guard for Python: runs before the program, inside the sandbox, and refuses imports by policy.

Contract with the host

    argv    python3 /sanderling/guard/python/importlib_bootstrap.py PROGRAM [ARGUMENT ...]
    policy  /sanderling/policy/modules.json, read-only, JSON:
                {"denied": ["os"], "allowed": ["math"] or null, "program_directory": "/work", "report_fd": 3}
            A missing "allowed" is null: no allow list. An empty list allows nothing.
    report  an inherited descriptor, open for writing; every refusal writes one line at once:
                {"module": "os", "handled": true}
            and, when the program then ends by such a refusal that nobody caught, one more at its end, which
            says so about a refusal already counted:
                {"module": "os", "handled": false}
            At most 64 kB are written. The lines come out of the program's own process: they prove nothing.
    exit    the program's own; 1 after an uncaught exception; 125 with one line on stderr, before any of the
            program has run, when the policy cannot be read or a hardening step does not hold.

How it holds. A refused module is never handed out: `sys.modules` and the globals of permitted modules hold stand-ins,
and a stand-in yields only to an instruction of the standard library that spells the attribute's name. The ways from an
object to a module's globals (`__globals__`, frames, closures, `__subclasses__`, `__self__`) answer the program for its
own objects only. An audit hook, which cannot be taken off, refuses forged code. This is a guard rail inside the
process that it guards; the kernel is the boundary. docs/module-policy.md says what that means.

The file is named as it is because `warnings` passes over frames whose file name holds "importlib" and "_bootstrap" when
it looks for the line to blame, which is then the program's. Everything lives in closures, because module globals are cleared before the last `__del__` runs.
"""


def install(policy, sys, builtins, gc, imp, opcode, posix):
    denied = list(policy["denied"])
    allowed = policy.get("allowed")
    directory = policy["program_directory"].rstrip("/") + "/"
    report_fd = policy["report_fd"]

    ModuleType, FunctionType = type(sys), type(install)
    frame_type, code_type = type(sys._getframe()), type(install.__code__)
    getframe, modules, version = sys._getframe, sys.modules, sys.version_info
    bootstrap, external = modules["_frozen_importlib"], modules["_frozen_importlib_external"]
    code_of, back_of = frame_type.__dict__["f_code"].__get__, frame_type.__dict__["f_back"].__get__
    globals_of, locals_of = frame_type.__dict__["f_globals"].__get__, frame_type.__dict__["f_locals"].__get__
    function_code = FunctionType.__dict__["__code__"].__get__
    function_globals = FunctionType.__dict__["__globals__"].__get__
    module_get, module_set = ModuleType.__getattribute__, ModuleType.__setattr__
    real_import, write = builtins.__import__, posix.write
    own_file = function_code(install).co_filename
    libraries = tuple(path.rstrip("/") + "/" for path in sys.path[1:] if path) + (own_file,)

    # What is denied with a name: the accelerators and twins that hold the same functions.
    twins = {
        "os": ("posix", "nt"),
        "posix": ("os",),
        "subprocess": ("_posixsubprocess",),
        "importlib": ("imp", "zipimport", "pkgutil.zipimport"),
        "threading": ("_thread",),
        "sys": ("_sysconfig",),
    }
    # Native memory and other interpreters undo any guard: an allow list may name them, silence does not.
    undoing = ("ctypes", "_ctypes", "cffi", "_cffi_backend", "_testcapi", "_testinternalcapi", "_testlimitedcapi",
               "_xxsubinterpreters", "_xxinterpchannels", "_interpreters", "_interpchannels", "_interpqueues",
               "concurrent.interpreters")  # fmt: skip
    internal = ("_imp", "_frozen_importlib", "_frozen_importlib_external",
                "importlib._bootstrap", "importlib._bootstrap_external")  # fmt: skip
    # What C code reads from modules it imports while the program's frame is the running one.
    read_by_c = {
        "time": ("strftime", "struct_time", "time", "localtime", "gmtime"),
        "_strptime": ("_strptime_datetime", "_strptime_time", "_strptime_datetime_datetime",
                      "_strptime_datetime_date", "_strptime_datetime_time"),
        "threading": ("_shutdown", "current_thread", "_register_atexit"),
        "warnings": ("filters", "showwarning", "_showwarnmsg", "_defaultaction", "_onceregistry", "formatwarning",
                     "_warn_unawaited_coroutine"),
        "io": ("open", "text_encoding", "TextIOWrapper"),
        "_io": ("open", "TextIOWrapper"),
        "locale": ("getencoding", "getpreferredencoding"),
        "copyreg": ("_reduce_ex", "_slotnames", "__newobj__", "__newobj_ex__", "_reconstructor", "_extension_cache",
                    "_extension_registry", "_inverted_registry", "dispatch_table"),
        "linecache": ("_register_code", "getline", "_getline_from_code", "_getlines_from_code"),
        "traceback": ("_print_exception_bltin", "print_exception", "_print_exception"),
        "typing": ("_GenericAlias", "_paramspec_subst", "_paramspec_prepare_subst", "_typevar_subst",
                   "_typevartuple_prepare_subst", "_make_union", "_ConcatenateGenericAlias"),
        "unicodedata": ("_ucnhash_CAPI", "ucnhash_CAPI"),
        "numbers": ("Number",),
        "collections": ("OrderedDict",),
        "collections.abc": ("MutableSequence",),
        "functools": ("partial", "reduce", "lru_cache"),
        "re": ("_subx", "_compile_template", "_compile"),
        "array": ("_array_reconstructor",),
        "copy": ("_replace", "deepcopy"),
        "sqlite3.dump": ("_iterdump",),
    }  # fmt: skip
    for name in list(denied):
        denied.extend(twins.get(name, ()))
        if not name.startswith("_") and "." not in name:
            denied.append("_" + name)

    def covers(names, name):
        return any(name == entry or name.startswith(entry + ".") for entry in names)

    def permitted(name):
        if covers(internal, name) or covers(denied, name):
            return False
        if allowed is not None:
            return covers(allowed, name)
        return not covers(undoing, name)

    # -- Reports ---------------------------------------------------------------------------------------------------

    refusals, written = [], [0]

    def report(name, handled):
        text = "".join(c if c.isalnum() or c in "._-" else "?" for c in name[:200] if ord(c) < 128)
        line = b'{"module":"%s","handled":%s}\n' % (text.encode(), b"true" if handled else b"false")
        if written[0] + len(line) <= 64_000:
            written[0] += len(line)
            try:
                write(report_fd, line)
            except OSError:
                pass

    def refuse(name, what="module"):
        report(name, True)
        error = ImportError("%s '%s' is restricted by the sandbox policy" % (what, name), name=name)
        refusals.append((error, name))
        return error

    # -- Who is asking ---------------------------------------------------------------------------------------------

    # A file name vouches for code because the audit hook below lets nobody but the import system make code with it.
    def trusted(code):
        name = code.co_filename
        return name.startswith(libraries) or name.startswith("<frozen ")

    def caller(depth):
        try:
            return getframe(depth + 1)
        except ValueError:
            return None

    extended = opcode.opmap["EXTENDED_ARG"]
    attribute_ops = {opcode.opmap[n] for n in ("LOAD_ATTR", "STORE_ATTR", "DELETE_ATTR")}
    attribute_ops |= {opcode.opmap[n] for n in ("LOAD_METHOD",) if n in opcode.opmap and opcode.opmap[n] < 256}
    load_attribute = opcode.opmap["LOAD_ATTR"]
    import_from, import_name = opcode.opmap["IMPORT_FROM"], opcode.opmap["IMPORT_NAME"]
    lookups = ("getattr", "hasattr", "setattr", "delattr")

    def instruction(frame):
        code = code_of(frame)
        text, at = code.co_code, frame.f_lasti
        if at < 0:
            return code, -1, 0
        # Python 3.12 stands behind an instruction's inline cache when it has inlined the stand-in's look-up.
        while at > 0 and text[at] == 0:
            at -= 2
        op, argument, shift, before = text[at], text[at + 1], 8, at - 2
        while before >= 0 and text[before] == extended:
            argument |= text[before + 1] << shift
            shift, before = shift + 8, before - 2
        if op == load_attribute and version >= (3, 12):
            argument >>= 1
        elif op == import_name and version >= (3, 15):
            argument >>= 2
        return code, op, argument

    # The library may read what its own source names. A library function that the program talks into calling
    # `getattr` or an `operator.attrgetter` is at a call instruction, or does not know the name.
    def spells(frame, name):
        code, op, argument = instruction(frame)
        if op in attribute_ops:
            return argument < len(code.co_names) and code.co_names[argument] == name
        if op == import_from:
            return True
        return name in code.co_consts and any(lookup in code.co_names for lookup in lookups)

    def importer_at(frame):
        """The first frame outside the import system, going out from `frame`."""
        while frame is not None and code_of(frame).co_filename.startswith("<frozen importlib"):
            frame = back_of(frame)
        return frame

    def importing(frame):
        """Whether an import that the guard let through is what is running."""
        frame = importer_at(frame)
        return frame is not None and code_of(frame).co_filename == own_file

    # -- Stand-ins -------------------------------------------------------------------------------------------------

    behind, generic, seen, own = {}, {}, {}, set()
    harmless = {"__name__", "__doc__", "__file__", "__path__", "__package__"}
    streams = ("stdin", "stdout", "stderr")

    class module(ModuleType):
        __slots__ = ()

        def __getattribute__(self, name):
            entry = behind.get(id(self))
            if entry is None:
                return module_get(self, name)
            real, holder = entry
            if name == "__dict__":
                return {}
            if name == "__class__":
                return ModuleType
            try:
                value, missing = module_get(real, name), False
            except AttributeError:
                value, missing = None, True
            title = module_get(real, "__name__")
            frame = caller(1)
            if name in harmless:
                pass
            elif holder is None and name in read_by_c.get(title, ()):
                pass
            elif frame is None or not may_use(frame, holder, name):
                full = title + "." + name
                inner = modules.get(full)
                if inner is not None and permitted(full):
                    return inner
                if name.startswith("__") and name.endswith("__"):
                    raise AttributeError("module '%s' has no attribute '%s'" % (title, name))
                raise refuse(title)
            if missing:
                raise AttributeError("module '%s' has no attribute '%s'" % (title, name))
            return value

        def __setattr__(self, name, value):
            real, holder = behind[id(self)]
            frame = caller(1)
            if frame is None or not may_use(frame, holder, name):
                raise refuse(module_get(real, "__name__"))
            module_set(real, name, value)

        def __delattr__(self, name):
            raise refuse(module_get(behind[id(self)][0], "__name__"))

        def __dir__(self):
            return []

        def __reduce_ex__(self, protocol):
            raise TypeError("cannot pickle 'module' object")

    def may_use(frame, holder, name):
        code = code_of(frame)
        file = code.co_filename
        if file == own_file or file.startswith("<frozen importlib"):
            return True
        if not trusted(code):
            return False
        if instruction(frame)[1] == import_from:
            return True
        if name in streams:
            return True
        if holder is None or globals_of(frame) is not holder:
            return False
        return spells(frame, name)

    def stand_in(real, holder):
        # Initialised, because C code reads and writes a module's own dictionary without asking.
        substitute = module("module")
        behind[id(substitute)] = (real, holder)
        seen[id(substitute)] = substitute
        return substitute

    # The program's builtins are a copy: what it changes there, it changes for itself.
    program_builtins = ModuleType("builtins", builtins.__doc__)
    program_builtins.__dict__.update(builtins.__dict__)
    seen[id(builtins)], seen[id(program_builtins)] = builtins, program_builtins

    def sweep():
        """Puts stand-ins where modules loaded since the last time are refused ones."""
        fresh = []
        for key, found in list(modules.items()):
            if id(found) in seen or not isinstance(found, ModuleType):
                continue
            space = module_get(found, "__dict__")
            spec = space.get("__spec__")
            if getattr(spec, "_initializing", False):
                continue
            seen[id(found)] = found
            fresh.append((key, found, space))
            if key in own or key == "__main__":
                continue
            if not permitted(key) and id(found) not in generic:
                generic[id(found)] = stand_in(found, None)
        for key, found, space in fresh:
            substitute = generic.get(id(found))
            parent, _, child = key.rpartition(".")
            owner = modules.get(parent) if parent else None
            if substitute is not None:
                if owner is not None and id(owner) not in generic and id(owner) not in behind and child in module_get(owner, "__dict__"):
                    module_get(owner, "__dict__")[child] = stand_in(found, module_get(owner, "__dict__"))
                continue
            if key in own or key == "__main__":
                continue
            for name, value in list(space.items()):
                if isinstance(value, ModuleType):
                    if id(value) in generic:
                        space[name] = stand_in(value, space)
                    elif value is builtins:
                        space[name] = program_builtins
                elif isinstance(value, type) and value.__dict__.get("__module__") == key:
                    for inner, member in list(value.__dict__.items()):
                        if type(member) is ModuleType and id(member) in generic:
                            setattr(value, inner, stand_in(member, space))
            space["__builtins__"] = program_builtins.__dict__
        for key, found in list(modules.items()):
            substitute = generic.get(id(found))
            if substitute is not None:
                modules[key] = substitute
        modules["builtins"] = program_builtins

    # -- Imports ---------------------------------------------------------------------------------------------------

    class program_loader(external.SourceFileLoader):
        # Byte code that came with the program could carry any file name: only source is loaded.
        def get_code(self, fullname):
            path = self.get_filename(fullname)
            return compile(self.get_data(path), path, "exec", dont_inherit=True)

    def finder_for(path):
        if (path.rstrip("/") + "/").startswith(directory):
            return external.FileFinder(path, (program_loader, [".py"]))
        raise ImportError("not in the program's directory", path=path)

    def is_own(name):
        top = name.partition(".")[0]
        if top in own:
            own.add(name)
            return True
        if top in modules:
            return False
        if external.FileFinder(directory, (program_loader, [".py"])).find_spec(top) is None:
            folder = directory + top
            try:
                if posix.stat(folder).st_mode & 0o170000 != 0o040000:
                    return False
            except (OSError, ValueError):
                return False
            if external.PathFinder.find_spec(top, list(sys.path)[1:]) is not None or imp.is_builtin(top):
                return False
        own.update((top, name))
        return True

    def real_of(found):
        entry = behind.get(id(found))
        return found if entry is None else entry[0]

    def passable(name):
        """Whether the name is permitted, or is a package on the way to one that is."""
        if permitted(name):
            return True
        return bool(allowed) and not covers(denied, name) and any(e.startswith(name + ".") for e in allowed)

    def for_program(function, *arguments):
        """Stands on the stack while an import is carried out that the program itself asked for."""
        return function(*arguments)

    for_program_code = function_code(for_program)

    def library_name(file):
        """The dotted name under which a library file is meant to be imported."""
        if file.startswith("<frozen "):
            return file[8:-1]
        root = max((path for path in libraries if file.startswith(path)), key=len)
        parts = file[len(root) :].rpartition(".")[0].split("/")
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def check(name, fromlist):
        if not is_own(name):
            if not passable(name):
                raise refuse(name)
            for item in fromlist or ():
                if isinstance(item, str) and covers(denied, name + "." + item):
                    raise refuse(name + "." + item)

    def given_to_library(real, frame):
        """What `import x` in a library module stores: for a permitted one a stand-in at once, not at the next sweep."""
        space = globals_of(frame)
        name, importer = module_get(real, "__name__"), space.get("__name__")
        if real is builtins or name.startswith("_") or permitted(name) or name in own or not permitted(importer):
            return real
        if importer == "types":  # which defines ModuleType as type(sys)
            return real
        if id(real) not in generic:
            generic[id(real)] = stand_in(real, None)
        return stand_in(real, space)

    def guarded_import(name, globals=None, locals=None, fromlist=(), level=0):
        frame = caller(1)
        if frame is not None and trusted(code_of(frame)):
            code, op, argument = instruction(frame)
            by_c = type(fromlist) is list and not fromlist
            if (
                op == import_name
                or (name.startswith("encodings.") and code.co_name == "search_function")
                # A library's C code, while an import that was let through initialises it.
                or (by_c and code.co_filename.startswith("<frozen importlib") and importing(frame))
            ):
                real = real_of(real_import(name, globals, locals, fromlist, level))
                return real if fromlist else given_to_library(real, frame)
        if not isinstance(name, str):
            raise TypeError("module name must be a string")
        name = str.__str__(name)
        if level == 0 and name in read_by_c and type(fromlist) is list and not fromlist and not permitted(name):
            # PyImport_Import, called by C code on the program's behalf, which reads sys.modules itself.
            real_import(name)
            sweep()
            return modules[name]
        if fromlist:
            fromlist = tuple(fromlist)
        if level > 0:
            package = bootstrap._calc___package__(globals or {})
            name = bootstrap._resolve_name(name, str.__str__(package), level)
            check(name, fromlist)
            result = for_program(real_import, name, None, None, fromlist or ("__name__",), 0)
        else:
            check(name, fromlist)
            result = for_program(real_import, name, None, None, fromlist, 0)
        sweep()
        result = real_of(result)
        return program_builtins if result is builtins else generic.get(id(result), result)

    # `importlib.import_module` and everything else that goes through it.
    real_gcd_import = bootstrap._gcd_import

    def guarded_gcd_import(name, package=None, level=0):
        frame = caller(1)
        while frame is not None and globals_of(frame).get("__name__") == "importlib" and trusted(code_of(frame)):
            frame = back_of(frame)
        if frame is not None and trusted(code_of(frame)) and name in code_of(frame).co_consts:
            return real_of(real_gcd_import(name, package, level))
        if level > 0:
            name = bootstrap._resolve_name(name, package, level)
        check(str.__str__(name), ())
        result = for_program(real_gcd_import, name)
        sweep()
        return generic.get(id(result), result)

    def only_importing(function, name):
        def guarded(*arguments):
            frame = caller(1)
            if not importing(frame):
                raise refuse(getattr(arguments[0], "name", name) if arguments else name)
            if name == "create_dynamic" and code_of(importer_at(frame)) is for_program_code:
                full, file = arguments[0].name, arguments[0].origin
                own_name = file.rpartition("/")[2].partition(".")[0] if "/lib-dynload/" in file else full
                if not file.startswith(libraries) or not passable(own_name):
                    raise refuse(full)
            return function(*arguments)

        guarded.__name__ = guarded.__qualname__ = name
        return guarded

    # -- Attributes that lead to modules -----------------------------------------------------------------------------

    def gate(kind, name, open_to):
        """Replaces a built-in type's attribute by one that looks at who asks; `open_to` decides by the object."""
        members = gc.get_referents(kind.__dict__)[0]
        original = members[name]
        get, put = original.__get__, getattr(original, "__set__", None)

        def asks(target):
            if open_to(target):
                return True
            frame = caller(2)
            return frame is not None and trusted(code_of(frame)) and (
                code_of(frame).co_filename == own_file or spells(frame, name))  # fmt: skip

        class attribute:
            __slots__ = ()

            def __get__(self, target, owner=None):
                if target is None:
                    return self
                if not asks(target):
                    raise AttributeError("'%s' of library code is restricted by the sandbox policy" % name)
                return get(target, owner)

            def __set__(self, target, value):
                if put is None or not asks(target):
                    raise AttributeError("attribute '%s' is not writable" % name)
                put(target, value)

        members[name] = attribute()

    def own_function(function):
        return not trusted(function_code(function))

    def own_frame(frame):
        return not trusted(code_of(frame))

    for name in ("__code__", "__closure__", "__defaults__", "__kwdefaults__"):
        gate(FunctionType, name, own_function)
    if "__builtins__" in FunctionType.__dict__:
        gate(FunctionType, "__builtins__", own_function)
    for name in ("f_globals", "f_locals", "f_builtins", "f_code"):
        gate(frame_type, name, own_frame)

    # A module's globals are nobody's business who does not need them: not even of the library, on the program's word.
    members = gc.get_referents(FunctionType.__dict__)[0]

    class namespace:
        __slots__ = ()

        def __get__(self, target, owner=None):
            if target is None:
                return self
            space = function_globals(target)
            frame = caller(1)
            if not own_function(target) or space.get("__name__") not in own and space.get("__name__") != "__main__":
                real = real_of(modules.get(space.get("__name__")))
                if isinstance(real, ModuleType) and module_get(real, "__dict__") is space and id(real) in generic:
                    raise AttributeError("'__globals__' of library code is restricted by the sandbox policy")
            if own_function(target):
                return space
            if frame is None or not trusted(code_of(frame)) or not spells(frame, "__globals__"):
                raise AttributeError("'__globals__' of library code is restricted by the sandbox policy")
            return space

        def __set__(self, target, value):
            raise AttributeError("readonly attribute")

    members["__globals__"] = namespace()

    # A built-in function's `__self__` is its module.
    builtin_type = type(len)
    members = gc.get_referents(builtin_type.__dict__)[0]
    self_of = members["__self__"].__get__

    class bound_to:
        __slots__ = ()

        def __get__(self, target, owner=None):
            if target is None:
                return self
            found = self_of(target)
            if isinstance(found, ModuleType):
                if found is builtins:
                    return program_builtins
                if not permitted(module_get(found, "__name__")):
                    return generic.get(id(found))
            return found

        def __set__(self, target, value):
            raise AttributeError("attribute '__self__' of 'builtin_function_or_method' objects is not writable")

    members["__self__"] = bound_to()

    # A traceback is shown as if the guard had not been on the stack.
    try:
        raise ValueError
    except ValueError as error:
        traceback_type = type(error.__traceback__)
    members = gc.get_referents(traceback_type.__dict__)[0]
    next_of, set_next = members["tb_next"].__get__, members["tb_next"].__set__
    frame_of = traceback_type.__dict__["tb_frame"].__get__

    def of_guard(entry):
        file = code_of(frame_of(entry)).co_filename
        return file == own_file or file.startswith("<frozen importlib")

    class following:
        __slots__ = ()

        def __get__(self, target, owner=None):
            if target is None:
                return self
            following = next_of(target)
            if following is not None and code_of(frame_of(following)).co_filename == own_file:
                while following is not None and of_guard(following):
                    following = next_of(following)
                set_next(target, following)
            return following

        def __set__(self, target, value):
            set_next(target, value)

    members["tb_next"] = following()

    def strip(error, visited):
        while error is not None and id(error) not in visited:
            visited.add(id(error))
            entry = error.__traceback__
            while entry is not None and of_guard(entry):
                entry = next_of(entry)
            error.__traceback__ = entry
            while entry is not None:
                entry = entry.tb_next
            strip(error.__cause__, visited)
            error = error.__context__

    real_subclasses = type.__subclasses__
    type_get = type.__getattribute__

    def __subclasses__(self):
        """Return a list of immediate subclasses."""
        found = real_subclasses(self)
        frame = caller(1)
        if frame is not None and trusted(code_of(frame)) and instruction(frame)[1] in attribute_ops:
            return found
        kept = []
        for kind in found:
            name = type_get(kind, "__module__")
            if isinstance(name, str) and (name == "__main__" or name in own or name not in modules or permitted(name)):
                kept.append(kind)
        return kept

    gc.get_referents(type.__dict__)[0]["__subclasses__"] = __subclasses__

    real_vars = builtins.vars

    def namespace_of(frame, word):
        code = code_of(frame)
        if trusted(code) and word not in code.co_names:
            raise PermissionError("'%s' of library code is restricted by the sandbox policy" % word)

    def guarded_globals():
        frame = getframe(1)
        namespace_of(frame, "globals")
        return globals_of(frame)

    def guarded_locals():
        frame = getframe(1)
        namespace_of(frame, "locals")
        found = locals_of(frame)
        return found if type(found) is dict else dict(found)

    def guarded_vars(*target):
        if target:
            return real_vars(*target)
        frame = getframe(1)
        namespace_of(frame, "vars")
        found = locals_of(frame)
        return found if type(found) is dict else dict(found)

    for function, name in ((guarded_import, "__import__"), (guarded_globals, "globals"),
                           (guarded_locals, "locals"), (guarded_vars, "vars")):  # fmt: skip
        function.__name__ = function.__qualname__ = name
        function.__module__ = "builtins"
        program_builtins.__dict__[name] = function
        setattr(builtins, name, function)
    bootstrap._gcd_import = guarded_gcd_import
    importlib = modules.get("importlib")
    if importlib is not None:
        importlib.__dict__["__import__"] = guarded_import
    for name in ("create_builtin", "create_dynamic", "exec_dynamic", "get_frozen_object", "init_frozen"):
        if hasattr(imp, name):
            setattr(imp, name, only_importing(getattr(imp, name), name))

    # -- What the interpreter tells of itself -------------------------------------------------------------------------

    starts = {"os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen", "pty.spawn",
              "os.spawn", "os.startfile"}  # fmt: skip
    never = {"sys.settrace", "sys.setprofile", "sys.monitoring.register_callback", "gc.get_objects",
             "gc.get_referrers", "gc.get_referents", "sys.addaudithook", "sys._current_frames",
             "sys._current_exceptions", "cpython._PySys_ClearAuditHooks",
             "cpython.remote_debugger_script"}  # fmt: skip
    # SQLite opens any library as an extension, and calls any function of it as the entry point.
    native = () if allowed and covers(allowed, "ctypes") and not covers(denied, "ctypes") else (
        "ctypes.", "sqlite3.enable_load_extension", "sqlite3.load_extension")  # fmt: skip
    os_open, subprocess_open = permitted("os"), permitted("subprocess")

    def may_start(frame):
        while frame is not None and trusted(code_of(frame)):
            name = globals_of(frame).get("__name__")
            if (name in ("os", "pty") and os_open) or (name == "subprocess" and subprocess_open):
                return True
            frame = back_of(frame)
        return os_open

    armed = [False]

    def audit(event, arguments):
        if event == "compile":
            name = arguments[1]
            if isinstance(name, bytes):
                name = name.decode("utf-8", "surrogateescape")
            if isinstance(name, str) and name.startswith(libraries + ("<frozen ",)):
                if not importing(caller(1)):
                    raise PermissionError("code under the name of a library file is restricted by the sandbox policy")
        elif event == "exec":
            frame = caller(1)
            code = arguments[0]
            if trusted(code):
                if not importing(frame):
                    raise PermissionError("running library code anew is restricted by the sandbox policy")
                # A package's `__path__` can make any library file a submodule: the file's own name counts.
                if code_of(importer_at(frame)) is for_program_code and not passable(library_name(code.co_filename)):
                    raise refuse(library_name(code.co_filename))
            else:
                sweep()
                if frame is not None and trusted(code_of(frame)) and code_of(frame).co_filename != own_file:
                    words = code_of(frame).co_names
                    if "exec" not in words and "eval" not in words and not importing(frame):
                        raise PermissionError("'eval' in library code is restricted by the sandbox policy")
        elif not armed[0]:
            return
        elif event == "code.__new__":
            frame = caller(1)
            # `types.coroutine` sets a flag in the code of the function it is given.
            code = None if frame is None else code_of(frame)
            if not importing(frame) and (code is None or not trusted(code) or code.co_name != "coroutine"):
                raise PermissionError("hand-made byte code is restricted by the sandbox policy")
        elif event == "function.__new__":
            if trusted(arguments[0]):
                raise PermissionError("library code in other hands is restricted by the sandbox policy")
        elif event == "marshal.loads" or event == "marshal.load":
            frame = caller(1)
            file = "" if frame is None else code_of(frame).co_filename
            if file != own_file and not (file.startswith("<frozen importlib") and importing(frame)):
                raise PermissionError("loading byte code is restricted by the sandbox policy")
        elif event in never:
            frame = caller(1)
            if frame is not None and code_of(frame).co_filename == own_file:
                return
            raise PermissionError("'%s' is restricted by the sandbox policy" % event)
        elif event in starts:
            if not may_start(caller(1)):
                raise refuse("os" if event.startswith("os.") else "subprocess")
        elif event == "gc.set_debug" or event.startswith(native or ("\0",)):
            raise PermissionError("'%s' is restricted by the sandbox policy" % event)

    def refusing(name, home):
        def refused(*arguments, **named):
            raise refuse(home)

        refused.__name__ = refused.__qualname__ = name
        return refused

    real_set_debug = gc.set_debug

    def set_debug(flags):
        if flags & gc.DEBUG_SAVEALL:
            raise PermissionError("keeping garbage is restricted by the sandbox policy")
        real_set_debug(flags)

    # Library code that restores "no tracing" after itself may do so.
    def only_off(function, name):
        def guarded(tracer):
            if tracer is not None:
                raise PermissionError("'sys.%s' is restricted by the sandbox policy" % name)
            function(None)

        guarded.__name__ = guarded.__qualname__ = name
        return guarded

    sys.settrace = only_off(sys.settrace, "settrace")
    sys.setprofile = only_off(sys.setprofile, "setprofile")

    def start():
        if not os_open and not subprocess_open:
            for name in ("fork", "forkpty", "fork1", "system", "execv", "execve", "posix_spawn", "posix_spawnp"):
                for home in (posix, modules.get("os")):
                    if home is not None and hasattr(home, name):
                        setattr(home, name, refusing(name, "os"))
        if not subprocess_open:
            try:
                spawner = real_import("_posixsubprocess")
            except ImportError:
                spawner = None
            if spawner is not None:
                spawner.fork_exec = refusing("fork_exec", "subprocess")
        gc.set_debug = set_debug
        sys.path_hooks.insert(0, finder_for)
        sys.path_importer_cache.clear()
        sys._clear_type_cache()
        seen.pop(id(sys), None)
        sweep()
        armed[0] = True
        sys.addaudithook(audit)
        verify()

    def verify():
        """Asks as the program would, and stops everything when an answer comes that must not."""
        probe = compile(
            "def ask(thing, names):\n"
            "    for name in names:\n"
            "        try:\n"
            "            getattr(thing, name)\n"
            "        except AttributeError:\n"
            "            continue\n"
            "        raise RuntimeError(name + ' is still open')\n"
            "ask(library, ('__globals__', '__code__', '__closure__', '__defaults__', '__kwdefaults__'))\n"
            "ask(frame, ('f_globals', 'f_locals', 'f_builtins', 'f_code'))\n"
            "if len.__self__ is real or any(k.__name__ == 'BuiltinImporter' for k in object.__subclasses__()):\n"
            "    raise RuntimeError('built-in types are still open')\n",
            "<guard>",
            "exec",
        )
        exec(probe, {"library": bootstrap._resolve_name, "frame": getframe(), "real": builtins})

    def refused_by(error):
        return next((name for known, name in refusals if known is error), None)

    return start, strip, refused_by, report, program_builtins, own


def main():
    import sys

    def stop(reason):
        sys.stderr.write("sanderling: the module guard could not start: %s\n" % (reason,))
        sys.stderr.flush()
        posix._exit(125)

    import builtins
    import posix

    try:
        import gc
        import _imp
        import opcode

        # JSON from the host, read as a Python expression: the json module costs more than the rest of the guard.
        with open("/sanderling/policy/modules.json", encoding="utf-8") as file:
            policy = eval(file.read(), {"__builtins__": {}, "null": None, "true": True, "false": False})
        names = policy["denied"] + (policy.get("allowed") or [])
        if not all(isinstance(name, str) and name for name in names):
            raise ValueError("a module name is not a text")
        posix.set_inheritable(policy["report_fd"], False)
        program = sys.argv[1]
        sys.argv[:] = sys.argv[1:]
        start, strip, refused_by, report, program_builtins, own = install(
            policy, sys, builtins, gc, _imp, opcode, posix
        )
        sys.path[0] = program.rpartition("/")[0] or policy["program_directory"]
        main_module, external = type(sys)("__main__"), sys.modules["_frozen_importlib_external"]
        space = main_module.__dict__
        space.update(
            __loader__=external.SourceFileLoader("__main__", program),
            __builtins__=program_builtins,
            __file__=program,
            __cached__=None,
            __annotations__={},
        )
        with open(program, "rb", buffering=0) as file:
            source = file.read()
        # Where Python itself names a program by its absolute path: in tracebacks and in __file__, from 3.9 on.
        if program[:1] != "/":
            program = posix.getcwd().rstrip("/") + "/" + program
            space["__file__"] = main_module.__loader__.path = program
        sys.modules["__main__"] = main_module
        excepthook_of = sys.__dict__
        start()
    except BaseException as error:
        stop("%s: %s" % (type(error).__name__, error))
    try:
        exec(compile(source, program, "exec", dont_inherit=True), space)
    except SystemExit:
        raise
    except BaseException as error:
        strip(error, set())
        name = refused_by(error)
        if name is not None:
            report(name, False)
        excepthook_of["excepthook"](type(error), error, error.__traceback__)
        code = 130 if isinstance(error, KeyboardInterrupt) else 1
    else:
        return
    raise SystemExit(code)


main()
