// How the languages write comments, texts and numbers, and which words are theirs.

const SLASHES = [String.raw`\/\/[^\n]*`, String.raw`\/\*[\s\S]*?(?:\*\/|$)`];
const HASH = [String.raw`(?<![\w$&])#[^\n]*`];
const DASHES = [String.raw`--[^\n]*`];

const DOUBLE = String.raw`"(?:\\[\s\S]|[^"\\\n])*"?`;
const SINGLE = String.raw`'(?:\\[\s\S]|[^'\\\n])*'?`;
/** A quote alone is something else in these languages: a lifetime, a type variable, a transposition. */
const CHARACTER = String.raw`'(?:\\[^\n']+|[^'\\\n])'`;
const LONG_DOUBLE = String.raw`"(?:\\[\s\S]|[^"\\])*"?`;
const LONG_SINGLE = String.raw`'[^']*'?`;
const TRIPLE = String.raw`"""[\s\S]*?(?:"""|$)`;
const TRIPLE_SINGLE = String.raw`'''[\s\S]*?(?:'''|$)`;
const BACKTICKS = "`(?:\\\\[\\s\\S]|[^`\\\\])*`?";
const DOLLAR = String.raw`\$(?:\{[^}\n]*\}|[\w@#?*!-])\w*`;
const PASCAL_TEXT = String.raw`'(?:''|[^'\n])*'?`;

const C_WORDS = `auto break case const continue default do else enum extern for goto if inline register restrict return
  sizeof static struct switch typedef union volatile while bool char double float int long short signed unsigned void
  size_t NULL true false`;
const JAVASCRIPT_WORDS = `async await break case catch class const continue debugger default delete do else export extends
  false finally for from function get if import in instanceof let new null of return set static super switch this throw
  true try typeof undefined var void while with yield`;
const SHELL_WORDS = `if then elif else fi for while until do done case esac in function select return exit break continue
  local export readonly declare unset shift trap eval exec set source time echo printf read test cd`;

const LANGUAGES = {
  awk: [HASH, [DOUBLE], `BEGIN END function if else while for do in break continue next exit return delete getline print
    printf NR NF FS OFS RS ORS length substr split sub gsub match index`, DOLLAR],
  bash: [HASH, [LONG_DOUBLE, LONG_SINGLE], SHELL_WORDS, DOLLAR],
  c: [SLASHES, [DOUBLE, SINGLE], C_WORDS],
  cpp: [SLASHES, [DOUBLE, SINGLE], `${C_WORDS} alignas alignof catch class concept consteval constexpr co_await co_return
    co_yield decltype delete explicit export final friend mutable namespace new noexcept nullptr operator override private
    protected public requires static_cast template this throw try typename using virtual`],
  fortran: [[String.raw`![^\n]*`], [DOUBLE, PASCAL_TEXT], `program end module use implicit none integer real complex logical
    character parameter dimension allocatable allocate deallocate if then else elseif do while call subroutine function
    result return stop print write read contains intent in out inout only type select case`, null, true],
  go: [SLASHES, [DOUBLE, SINGLE, BACKTICKS], `break case chan const continue default defer else fallthrough for func go goto
    if import interface map package range return select struct switch type var nil true false iota bool byte error float64
    int int64 rune string uint make len append cap new panic recover`],
  haskell: [[...DASHES, String.raw`\{-[\s\S]*?(?:-\}|$)`], [DOUBLE, CHARACTER], `case class data default deriving do else
    foreign if import in infix infixl infixr instance let module newtype of qualified then type where`],
  java: [SLASHES, [TRIPLE, DOUBLE, SINGLE], `abstract assert boolean break byte case catch char class const continue default
    do double else enum extends final finally float for if implements import instanceof int interface long native new null
    package private protected public record return sealed short static super switch synchronized this throw throws true
    false try var void volatile while yield`],
  javascript: [SLASHES, [BACKTICKS, DOUBLE, SINGLE], JAVASCRIPT_WORDS],
  kotlin: [SLASHES, [TRIPLE, DOUBLE, SINGLE], `as break by class companion const continue data do else enum false final for
    fun if import in init interface internal is it lateinit null object open operator out override package private
    protected public return sealed super suspend this throw true try typealias val var vararg when where while`],
  lua: [[String.raw`--\[\[[\s\S]*?(?:\]\]|$)`, ...DASHES], [DOUBLE, SINGLE], `and break do else elseif end false for function
    goto if in local nil not or repeat return then true until while`],
  ocaml: [[String.raw`\(\*[\s\S]*?(?:\*\)|$)`], [DOUBLE, CHARACTER], `and as assert begin class do done downto else end
    exception external false for fun function functor if in include inherit let match method module mutable new object of
    open or rec sig struct then to true try type val when while with`],
  pascal: [[String.raw`\{[^}]*\}?`, String.raw`\(\*[\s\S]*?(?:\*\)|$)`, String.raw`\/\/[^\n]*`], [PASCAL_TEXT], `and array
    begin case const div do downto else end file for function goto if in mod nil not of or procedure program record repeat
    set string then to type unit until uses var while with integer boolean char real longint write writeln read readln`, null,
    true],
  perl: [HASH, [DOUBLE, SINGLE], `and cmp defined die do each else elsif eq eval exit for foreach ge given gt if keys last le
    local lt map my ne next no not or our package print printf push pop redo ref require return say scalar shift sort split
    sub undef unless until use values wantarray warn when while`, String.raw`[$@%][A-Za-z_]\w*`],
  php: [[...SLASHES, String.raw`#(?!\[)[^\n]*`], [DOUBLE, SINGLE], `abstract and array as break callable case catch class
    clone const continue declare default do echo else elseif enum extends false final finally fn for foreach function global
    if implements include instanceof interface match namespace new null or print private protected public readonly require
    return static switch this throw trait true try use var while yield`, String.raw`\$[A-Za-z_]\w*`],
  python: [HASH, [TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE], `False None True and as assert async await break case class continue
    def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return self try
    while with yield`],
  r: [HASH, [DOUBLE, SINGLE], `if else repeat while function for in next break TRUE FALSE NULL NA NaN Inf library require
    return`],
  ruby: [HASH, [DOUBLE, SINGLE], `alias and begin break case class def defined do else elsif end ensure false for if in module
    next nil not or puts redo require rescue retry return self super then true undef unless until when while yield`,
    String.raw`[@$]{1,2}[A-Za-z_]\w*|:[A-Za-z_]\w*`],
  rust: [SLASHES, [DOUBLE, CHARACTER], `as async await break const continue crate dyn else enum extern false fn for if impl in
    let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while bool
    char f32 f64 i32 i64 isize str u8 u32 u64 usize`],
  scala: [SLASHES, [TRIPLE, DOUBLE, CHARACTER], `abstract case catch class def do else extends false final finally for given
    if implicit import lazy match new null object override package private protected return sealed super this throw trait
    true try type val var while with yield`],
  sh: [HASH, [LONG_DOUBLE, LONG_SINGLE], SHELL_WORDS, DOLLAR],
  sql: [[...DASHES, SLASHES[1]], [String.raw`'(?:''|[^'])*'?`, DOUBLE], `add all alter and as asc begin between by case check
    column commit constraint count create cross default delete desc distinct drop else end exists foreign from full group
    having if in index inner insert integer into is join key left like limit max min not null offset on or order outer
    primary real recursive references right select set sum table text then union unique update values view when where with`,
    null, true],
  swift: [SLASHES, [TRIPLE, DOUBLE], `actor any as associatedtype async await break case catch class consuming continue
    default defer deinit do else enum extension fallthrough false fileprivate final for func guard if import in indirect init
    inout internal is lazy let mutating nil nonisolated open operator override private protocol public repeat rethrows return
    self Self sending some static struct subscript super switch throw throws true try typealias var weak where while`],
  tcl: [HASH, [DOUBLE], `after append array break catch continue else elseif error eval expr for foreach format if incr info
    lappend lindex list llength namespace proc puts regexp return set split string switch then while`, DOLLAR],
  typescript: [SLASHES, [BACKTICKS, DOUBLE, SINGLE], `${JAVASCRIPT_WORDS} abstract any as boolean declare enum implements
    infer interface is keyof namespace never number private protected public readonly satisfies string type unknown`],
  zig: [[SLASHES[0]], [DOUBLE, SINGLE], `align and anytype asm async await break catch comptime const continue defer else enum
    error errdefer export extern false fn for if inline null or orelse packed pub return struct switch test true try
    undefined union unreachable usize var void volatile while`],
};

const NUMBER = String.raw`\b(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)\w*`;
const WORD = String.raw`(?<word>[\p{L}_]\w*)(?<call>(?=\())?`;

function compiled([comments, texts, words, variable = null, ignoresCase = false]) {
  const parts = [`(?<comment>${comments.join("|")})`, `(?<text>${texts.join("|")})`, `(?<number>${NUMBER})`];
  parts.push(`(?<variable>${variable ?? "(?!)"})`, WORD);
  return { pattern: new RegExp(parts.join("|"), "gu"), keywords: new Set(words.split(/\s+/)), ignoresCase };
}

const known = new Map();

/** The grammar of a language, or null where none is known: then its sources have one colour. */
export function grammar(name) {
  if (!Object.hasOwn(LANGUAGES, name)) return null;
  if (!known.has(name)) known.set(name, compiled(LANGUAGES[name]));
  return known.get(name);
}
