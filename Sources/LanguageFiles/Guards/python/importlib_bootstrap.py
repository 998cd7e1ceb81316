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
and a stand-in yields only to an instruction of the standard library that spells the attribute's name. The library may
import refused modules; the guard finds and loads those itself, so that no finder, loader or class of them that the
program can reach or change has any part in it, and `sys.modules` holds the stand-in from the first moment on. Code of
library files is made by the guard alone, from the files themselves. The ways from an object to a module's globals
(`__globals__`, frames, closures, `__subclasses__`, `__self__`) answer the program for its own objects only. An audit
hook, which cannot be taken off, refuses forged code. This is a guard rail inside the process that it guards; the
kernel is the boundary. docs/module-policy.md says what that means.

Names and paths that come from the program are made plain text before they are looked at: a subclass of `str` may answer
every question as it likes. For the same reason types are asked for with `type`, never `isinstance`, where it matters.

The file is named as it is because `warnings` passes over frames whose file name holds "importlib" and "_bootstrap" when
it looks for the line to blame, which is then the program's. Everything lives in closures, because module globals are
cleared before the last `__del__` runs.
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
    text, plain = str, str.__str__
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
               "concurrent.interpreters", "gi")  # fmt: skip
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

    # A file name vouches for code because the audit hook below lets only the guard make code with it, from that file.
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
        if not any(lookup in code.co_names for lookup in lookups):
            return False
        return name in code.co_consts or any(type(each) is frozenset and name in each for each in code.co_consts)

    # `importlib.abc` looks its machinery up by the names of the classes that it registers.
    def registers(frame):
        space = globals_of(frame)
        outer = back_of(frame)
        return (
            code_of(frame).co_name == "_register" and space.get("__name__") == "importlib.abc" and outer is not None
            and code_of(outer).co_name == "<module>" and globals_of(outer) is space and trusted(code_of(outer))
        )  # fmt: skip

    def is_module(thing):
        return issubclass(type(thing), ModuleType)

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
    # By the identity of the module: what is being initialised, with its globals, and the globals of all refused ones.
    initialising, refused_spaces = {}, set()
    harmless = {"__name__", "__doc__", "__file__", "__path__", "__package__"}
    streams = ("stdin", "stdout", "stderr")

    class module(ModuleType):
        __slots__ = ()

        def __getattribute__(self, name):
            entry = behind.get(id(self))
            if entry is None:
                return module_get(self, name)
            real, holder = entry
            if not issubclass(type(name), text):
                raise TypeError("attribute name must be string")
            name = plain(name)
            if name == "__dict__":
                return module_get(real, name) if within(caller(1), real) else {}
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
            elif holder is None and name in read_by_c.get(title, ()) and not reads(frame, name):
                pass
            elif id(real) in initialising and within(frame, real):
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
            name = plain(name)
            if frame is None or not (may_use(frame, holder, name) or within(frame, real)):
                raise refuse(module_get(real, "__name__"))
            # The import system binds what it finds in `sys.modules` as an attribute of the package.
            module_set(real, name, real_of(value))

        def __delattr__(self, name):
            raise refuse(module_get(behind[id(self)][0], "__name__"))

        def __dir__(self):
            return []

        def __reduce_ex__(self, protocol):
            raise TypeError("cannot pickle 'module' object")

    def within(frame, real):
        """Whether the module, which is being initialised, asks through nothing but library code."""
        space = initialising.get(id(real))
        while space is not None and frame is not None and trusted(code_of(frame)):
            if globals_of(frame) is space:
                return True
            frame = back_of(frame)
        return False

    def starting(frame):
        """Whether the library module that asks is being initialised, and has no stand-ins of its own yet."""
        space = globals_of(frame)
        while frame is not None and trusted(code_of(frame)) and globals_of(frame) is space:
            if code_of(frame).co_name == "<module>":
                return True
            frame = back_of(frame)
        return False

    def reads(frame, name):
        """Whether it is an instruction of the program that reads the attribute, and not C code in its name."""
        if frame is None or trusted(code_of(frame)):
            return False
        code, op, argument = instruction(frame)
        return op == import_from or op in attribute_ops and argument < len(code.co_names) and code.co_names[argument] == name

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
        if starting(frame) and spells(frame, name):
            return True
        if holder is None:
            return registers(frame)
        return globals_of(frame) is holder and (spells(frame, name) or registers(frame))

    def stand_in(real, holder):
        # Initialised, because C code reads and writes a module's own dictionary without asking.
        substitute = module("module")
        behind[id(substitute)] = (real, holder)
        seen[id(substitute)] = substitute
        return substitute

    def general(real):
        """The stand-in of a refused module that belongs to nobody."""
        substitute = generic.get(id(real))
        if substitute is None:
            substitute = generic[id(real)] = stand_in(real, None)
            refused_spaces.add(id(module_get(real, "__dict__")))
        return substitute

    def real_of(found):
        entry = behind.get(id(found))
        return found if entry is None else entry[0]

    # The program's builtins are a copy: what it changes there, it changes for itself.
    program_builtins = ModuleType("builtins", builtins.__doc__)
    program_builtins.__dict__.update(builtins.__dict__)
    seen[id(builtins)], seen[id(program_builtins)] = builtins, program_builtins

    loaded = []

    def settle():
        """Gives the packages of refused modules loaded since the last time stand-ins of their own."""
        while loaded:
            key, found = loaded.pop()
            parent, _, child = key.rpartition(".")
            owner = modules.get(parent) if parent else None
            if owner is None or not is_module(owner) or id(owner) in behind:
                continue
            space = module_get(owner, "__dict__")
            if real_of(space.get(child)) is found:
                space[child] = stand_in(found, space)

    def sweep():
        """Puts stand-ins where modules loaded since the last time are refused ones."""
        settle()
        fresh = []
        for key, found in list(modules.items()):
            if id(found) in seen or not is_module(found):
                continue
            space = module_get(found, "__dict__")
            spec = space.get("__spec__")
            if getattr(spec, "_initializing", False):
                continue
            seen[id(found)] = found
            fresh.append((key, found, space))
            if key in own or key == "__main__":
                continue
            if not permitted(key):
                general(found)
        for key, found, space in fresh:
            substitute = generic.get(id(found))
            parent, _, child = key.rpartition(".")
            owner = modules.get(parent) if parent else None
            if substitute is not None:
                if owner is not None and id(owner) not in generic and id(owner) not in behind:
                    outer = module_get(owner, "__dict__")
                    if child in outer:
                        outer[child] = stand_in(found, outer)
                continue
            if key in own or key == "__main__":
                continue
            for name, value in list(space.items()):
                if is_module(value):
                    if id(value) in generic:
                        space[name] = stand_in(value, space)
                    elif id(value) in behind and behind[id(value)][1] is not space:
                        space[name] = stand_in(behind[id(value)][0], space)
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

    def is_directory(path):
        try:
            return posix.stat(path).st_mode & 0o170000 == 0o040000
        except (OSError, ValueError):
            return False

    def finder_for(path):
        if (path.rstrip("/") + "/").startswith(directory) and is_directory(path):
            return external.FileFinder(path, (program_loader, [".py"]))
        raise ImportError("not a directory of the program's", path=path)

    def is_own(name):
        if name == "__main__":
            return True
        top = name.partition(".")[0]
        if top in own:
            own.add(name)
            return True
        # A module that is part of the interpreter is found before any file.
        if top in modules or imp.is_builtin(top) or imp.is_frozen(top):
            return False
        if external.FileFinder(directory, (program_loader, [".py"])).find_spec(top) is None:
            if not is_directory(directory + top) or external.PathFinder.find_spec(top, list(sys.path)[1:]) is not None:
                return False
        own.update((top, name))
        return True

    def passable(name):
        """Whether the name is permitted, or is a package on the way to one that is."""
        if permitted(name):
            return True
        return bool(allowed) and not covers(denied, name) and any(e.startswith(name + ".") for e in allowed)

    def for_program(function, *arguments):
        """Stands on the stack while an import is carried out that the program itself asked for."""
        return function(*arguments)

    def library_name(file):
        """The dotted name under which a library file is meant to be imported."""
        if file.startswith("<frozen "):
            return file[8:-1]
        root = max((path for path in libraries if file.startswith(path)), key=len)
        parts = file[len(root) :].split("/")
        parts[-1] = parts[-1].partition(".")[0]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def check(name, fromlist):
        # The program has its own copy of `builtins` as it is, and C code asks for it on the program's behalf.
        if not is_own(name) and (name != "builtins" or covers(denied, name)):
            if not passable(name):
                raise refuse(name)
            for item in fromlist or ():
                if covers(denied, name + "." + item):
                    raise refuse(name + "." + item)

    sys_space = module_get(sys, "__dict__")

    def intact():
        # The import system would go on with one table and the guard with another.
        if sys_space.get("modules") is not modules:
            raise refuse("sys.modules")

    def given_to_library(real, frame):
        """What `import x` in a library module stores: for a permitted one a stand-in at once, not at the next sweep."""
        space = globals_of(frame)
        name, importer = module_get(real, "__name__"), space.get("__name__")
        if real is builtins or permitted(name) or name in own or not permitted(importer):
            return real
        if importer == "types":  # which defines ModuleType as type(sys)
            return real
        general(real)
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
                or (by_c and (code in into_c or code.co_filename.startswith("<frozen importlib")) and importing(frame))
            ):
                intact()
                real = real_of(real_import(name, globals, locals, fromlist, level))
                if loaded:
                    settle()
                return real if fromlist else given_to_library(real, frame)
        if not issubclass(type(name), text):
            raise TypeError("module name must be a string")
        name = plain(name)
        intact()
        if level == 0 and name in read_by_c and type(fromlist) is list and not fromlist and not permitted(name):
            # PyImport_Import, called by C code on the program's behalf, which reads sys.modules itself.
            real_import(name)
            sweep()
            return modules[name]
        if fromlist:
            fromlist = tuple(fromlist)
            for item in fromlist:
                if not issubclass(type(item), text):
                    raise TypeError("Item in ``from list'' must be str, not %s" % (type(item).__name__,))
            fromlist = tuple(map(plain, fromlist))
        if level > 0:
            package = bootstrap._calc___package__(globals or {})
            name = bootstrap._resolve_name(name, plain(package), level)
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
        if not issubclass(type(name), text):
            raise TypeError("module name must be str, not %s" % (type(name),))
        name = plain(name)
        intact()
        if frame is not None and trusted(code_of(frame)):
            # Both the name and the function are the caller's own words.
            code = code_of(frame)
            if name in code.co_consts and "import_module" in code.co_names:
                real = real_of(real_gcd_import(name, package, level))
                settle()
                return real
        if level > 0:
            name = plain(bootstrap._resolve_name(name, package, level))
        check(name, ())
        result = for_program(real_gcd_import, name)
        sweep()
        return generic.get(id(result), result)

    # -- Loading -----------------------------------------------------------------------------------------------------

    # The importers that Python brings are the program's to change: they load what is permitted, under its file's name.
    # Refused modules, which the library may import, are found and loaded by what follows, and nowhere does the program
    # get to see one: `create_module` already answers with the stand-in.

    file_io, loads, magic = modules["_io"].FileIO, external.marshal.loads, external.MAGIC_NUMBER
    cached_as = ".%s%s.pyc" % (sys.implementation.cache_tag, ".opt-%d" % sys.flags.optimize if sys.flags.optimize else "")
    with_cache = sys.implementation.cache_tag is not None and sys.pycache_prefix is None
    create_builtin, exec_builtin = imp.create_builtin, imp.exec_builtin
    create_dynamic, exec_dynamic = getattr(imp, "create_dynamic", None), getattr(imp, "exec_dynamic", None)
    extensions, fix_file_name = tuple(imp.extension_suffixes()), imp._fix_co_filename
    integer = int.from_bytes

    def contents(path):
        with file_io(path) as file:
            return file.readall()

    def library_code(path):
        """The code of a library file: the only way to code with such a file's name, and it calls nothing of others."""
        if path.endswith(".pyc"):
            code = loads(contents(path)[16:])
            fix_file_name(code, path)
            return code
        if with_cache:
            folder, _, file = path.rpartition("/")
            try:
                data = contents(folder + "/__pycache__/" + file[:-3] + cached_as)
                status, flags = posix.stat(path), integer(data[4:8], "little")
                fresh = flags == 1 or (
                    flags == 0 and integer(data[8:12], "little") == int(status.st_mtime) & 0xFFFFFFFF
                    and integer(data[12:16], "little") == status.st_size & 0xFFFFFFFF
                )  # fmt: skip
                if data[:4] == magic and fresh:
                    code = loads(data[16:])
                    fix_file_name(code, path)
                    return code
            except (OSError, EOFError):
                pass
        return compile(contents(path), path, "exec", dont_inherit=True)

    library_code_code = function_code(library_code)

    def file_of(loader, name):
        """The file that a loader, which may be of the program's making, says it would load."""
        path = loader.get_filename(name)
        if not issubclass(type(path), text):
            raise ImportError("the loader's file has no name", name=name)
        return plain(path)

    def permitted_code(path, frame):
        """Code for the importers that Python brings."""
        if not importing(frame):
            raise PermissionError("code under the name of a library file is restricted by the sandbox policy")
        if not passable(library_name(path)):
            raise refuse(library_name(path))
        return library_code(path)

    def get_code(self, fullname):
        path = file_of(self, fullname)
        if path.startswith(libraries) and path.endswith(".py"):
            return permitted_code(path, caller(1))
        return self.source_to_code(self.get_data(path), path)

    def get_code_without_source(self, fullname):
        path = file_of(self, fullname)
        if path.startswith(libraries) and path.endswith(".pyc"):
            return permitted_code(path, caller(1))
        raise PermissionError("loading byte code is restricted by the sandbox policy")

    external.SourceLoader.get_code = get_code
    external.SourcelessFileLoader.get_code = get_code_without_source

    class description:
        """What C code reads of a module that it is to make."""

        __slots__ = ("name", "origin")

        def __init__(self, name, origin):
            self.name, self.origin = name, origin

    def plain_description(spec):
        name, origin = spec.name, getattr(spec, "origin", None)
        if not issubclass(type(name), text) or not (origin is None or issubclass(type(origin), text)):
            raise ImportError("the module's description holds something other than text")
        return description(plain(name), None if origin is None else plain(origin))

    def made_by_c(function, argument):
        """Stands on the stack while C code initialises a module, and imports in its name."""
        return function(argument)

    into_c = (function_code(made_by_c),)

    def guarded_create_builtin(spec):
        spec = plain_description(spec)
        if not importing(caller(1)) or not permitted(spec.name):
            raise refuse(spec.name)
        return made_by_c(create_builtin, spec)

    def guarded_create_dynamic(spec, *rest):
        spec = plain_description(spec)
        file = spec.origin or ""
        if not importing(caller(1)) or not file.startswith(libraries):
            raise refuse(spec.name)
        for name in (library_name(file), spec.name):
            if not passable(name) and name not in own:
                raise refuse(name)
        return made_by_c(create_dynamic, spec)

    def only_importing(function, name):
        # Of a frozen module the interpreter has the data; what else comes along is not looked at.
        def guarded(named, *rest):
            if issubclass(type(named), text):
                named = plain(named)
                if not permitted(named):
                    raise refuse(named)
            if not importing(caller(1)):
                raise refuse(name)
            return made_by_c(function, named)

        guarded.__name__ = guarded.__qualname__ = name
        return guarded

    class refused_loader:
        """Loads one refused module, of a kind that its file's name tells."""

        __slots__ = ("name", "path")

        def __init__(self, name, path):
            self.name, self.path = name, path

        def create_module(self, spec):
            if not importing(caller(1)):
                raise refuse(self.name)
            return made(self)

        def exec_module(self, module):
            real = real_of(module)
            if not importing(caller(1)) or id(real) not in generic:
                raise refuse(self.name)
            initialise(self, real)

        # What the library asks of a loader later.
        def get_filename(self, name=None):
            return self.path

        def get_data(self, path):
            return external.SourceFileLoader(self.name, self.path).get_data(path)

        def get_source(self, name=None):
            return external.SourceFileLoader(self.name, self.path).get_source(self.name)

        def is_package(self, name=None):
            return (self.path or "").rpartition("/")[2].startswith("__init__.")

        def get_resource_reader(self, name):
            return external.SourceFileLoader(self.name, self.path).get_resource_reader(self.name)

    kind_of, name_of, path_of = {}, refused_loader.name.__get__, refused_loader.path.__get__

    collects, collect, rest = gc.isenabled, gc.enable, gc.disable

    def made(loader):
        name, path = name_of(loader), path_of(loader)
        # Some modules of C put themselves into the table. No finalizer of the program's may run before they are out again.
        collected = collects()
        rest()
        try:
            if path is None:
                real = made_by_c(create_builtin, description(name, None))
            elif path.endswith(extensions):
                real = made_by_c(create_dynamic, description(name, path))
            else:
                real = ModuleType(name)
            seen[id(real)] = real
            substitute = general(real)
            if modules.get(name) is real:
                modules[name] = substitute
        finally:
            if collected:
                collect()
        return substitute

    def initialise(loader, real):
        name, path, space = name_of(loader), path_of(loader), module_get(real, "__dict__")
        initialising[id(real)] = space
        try:
            if path is None:
                made_by_c(exec_builtin, real)
            elif path.endswith(extensions):
                made_by_c(exec_dynamic, real)
            else:
                execute(library_code(path), space)
        finally:
            initialising.pop(id(real), None)
            loaded.append((name, real))

    def execute(code, space):
        exec(code, space)

    execute_code = function_code(execute)
    folders = {}

    def entries_of(folder):
        found = folders.get(folder)
        if found is None:
            try:
                found = frozenset(posix.listdir(folder))
            except OSError:
                found = frozenset()
            folders[folder] = found
        return found

    def located(name, path):
        """Where a refused module is: its file, or nothing for one of the interpreter's own; LookupError elsewhere."""
        if path is None and imp.is_builtin(name):
            return None
        tail = name.rpartition(".")[2]
        for folder in list(sys_space["path"] if path is None else path):
            if type(folder) is not text or not (folder.rstrip("/") + "/").startswith(libraries):
                if type(folder) is text and (is_directory(folder + "/" + tail) or tail + ".py" in list_of(folder)):
                    break
                continue
            entries = entries_of(folder)
            if tail in entries:
                inner = entries_of(folder + "/" + tail)
                for suffix in extensions + (".py", ".pyc"):
                    if "__init__" + suffix in inner:
                        return folder + "/" + tail + "/__init__" + suffix
            for suffix in extensions + (".py", ".pyc"):
                if tail + suffix in entries:
                    return folder + "/" + tail + suffix
        raise LookupError(name)

    def list_of(folder):
        try:
            return posix.listdir(folder or ".")
        except OSError:
            return ()

    real_find_spec = bootstrap._find_spec
    finding_code = function_code(bootstrap._find_and_load_unlocked)

    def find_spec(name, path, target=None):
        frame = caller(1)
        if permitted(name) or name in own or code_of(frame) is not finding_code or not importing(frame):
            return real_find_spec(name, path, target)
        try:
            file = located(name, path)
        except LookupError:
            return real_find_spec(name, path, target)
        loader = refused_loader(name, file)
        spec = bootstrap.ModuleSpec(name, loader, origin=file or "built-in", is_package=loader.is_package())
        if file is not None:
            spec._set_fileattr = True
            if loader.is_package():
                spec.submodule_search_locations.append(file.rpartition("/")[0])
        return spec

    bootstrap._find_spec = find_spec

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
            if frame is None or not trusted(code_of(frame)):
                return False
            return code_of(frame).co_filename == own_file or not of_guard_itself(target) and spells(frame, name)

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
                if type(value) is code_type and open_to(target) and trusted(value):
                    raise AttributeError("attribute '%s' is not writable" % name)
                put(target, value)

        members[name] = attribute()

    def own_function(function):
        return not trusted(function_code(function))

    def own_frame(frame):
        return not trusted(code_of(frame))

    # Not even the library has business with the guard's own functions.
    def of_guard_itself(target):
        return type(target) is FunctionType and function_code(target).co_filename == own_file

    for name in ("__code__", "__closure__", "__defaults__", "__kwdefaults__"):
        gate(FunctionType, name, own_function)
    if "__builtins__" in FunctionType.__dict__:
        gate(FunctionType, "__builtins__", own_function)

    async def coroutine():
        pass

    async def asynchronous():
        yield

    suspended = coroutine()
    suspended.close()
    for kind, name in ((type(suspended), "cr_code"), (type(asynchronous()), "ag_code"), (type(_ for _ in ()), "gi_code")):
        code_in = kind.__dict__[name].__get__
        gate(kind, name, lambda target, code_in=code_in: not trusted(code_in(target)))
    gate(frame_type, "f_code", own_frame)

    # Of a refused module's frame, and of the guard's, the library learns what it needs to name it.
    def abridged(name):
        members = gc.get_referents(frame_type.__dict__)[0]
        get = members[name].__get__

        class attribute:
            __slots__ = ()

            def __get__(self, target, owner=None):
                if target is None:
                    return self
                code = code_of(target)
                if not trusted(code):
                    return get(target, owner)
                frame = caller(1)
                if frame is not None and code_of(frame).co_filename == own_file:
                    return get(target, owner)
                if frame is None or not trusted(code_of(frame)) or not spells(frame, name):
                    raise AttributeError("'%s' of library code is restricted by the sandbox policy" % name)
                space = globals_of(target)
                if code.co_filename != own_file and not is_refused_space(space):
                    return get(target, owner)
                return {key: space[key] for key in harmless if key in space} if name == "f_globals" else {}

            def __set__(self, target, value):
                raise AttributeError("attribute '%s' is not writable" % name)

        members[name] = attribute()

    def is_refused_space(space):
        if id(space) in refused_spaces:
            return True
        name = space.get("__name__")
        return type(name) is text and name != "__main__" and name not in own and not permitted(name)

    for name in ("f_globals", "f_locals", "f_builtins"):
        abridged(name)

    # A module's globals are nobody's business who does not need them: not even of the library, on the program's word.
    members = gc.get_referents(FunctionType.__dict__)[0]

    class namespace:
        __slots__ = ()

        def __get__(self, target, owner=None):
            if target is None:
                return self
            space = function_globals(target)
            frame = caller(1)
            if id(space) in refused_spaces:
                raise AttributeError("'__globals__' of library code is restricted by the sandbox policy")
            if own_function(target):
                return space
            if of_guard_itself(target) or frame is None or not trusted(code_of(frame)) or not spells(frame, "__globals__"):
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
            if is_module(found):
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
        if trusted(code) and word not in code.co_names and "_" + word not in code.co_names:
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
    for function, name in ((guarded_create_builtin, "create_builtin"), (guarded_create_dynamic, "create_dynamic")):
        if hasattr(imp, name):
            function.__name__ = function.__qualname__ = name
            setattr(imp, name, function)
    for name in ("exec_dynamic", "get_frozen_object", "init_frozen"):
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
    removing_frames = function_code(bootstrap._call_with_frames_removed)
    names_of_libraries = libraries + ("<frozen ",)

    def names_globals(frame):
        """Whether the import system runs code in globals that it names, and not in its own."""
        if code_of(frame) is not removing_frames:
            return False
        given = locals_of(frame).get("args")
        return type(given) is tuple and len(given) == 2 and type(given[1]) is dict

    def audit(event, arguments):
        if event == "compile":
            name = arguments[1]
            if isinstance(name, bytes):
                name = name.decode("utf-8", "surrogateescape")
            if name is not None and type(name) is not text:
                raise PermissionError("a file name that is no plain text is restricted by the sandbox policy")
            if name is not None and name.startswith(names_of_libraries):
                frame = caller(1)
                if frame is None or code_of(frame) is not library_code_code:
                    raise PermissionError("code under the name of a library file is restricted by the sandbox policy")
        elif event == "exec":
            frame = caller(1)
            code = arguments[0]
            if trusted(code):
                if frame is not None and code_of(frame) is execute_code:
                    return
                if not importing(frame):
                    raise PermissionError("running library code anew is restricted by the sandbox policy")
                # A package's `__path__` can make any library file a submodule: the file's own name counts.
                if not passable(library_name(code.co_filename)):
                    raise refuse(library_name(code.co_filename))
            else:
                sweep()
                if frame is not None and trusted(code_of(frame)) and code_of(frame).co_filename != own_file:
                    words = code_of(frame).co_names
                    if code_of(frame).co_filename.startswith("<frozen importlib"):
                        if not names_globals(frame):
                            raise PermissionError("code in the import system's name is restricted by the sandbox policy")
                    elif "exec" not in words and "eval" not in words:
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
            if frame is None or code_of(frame) is not library_code_code and code_of(frame) not in into_c:
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
