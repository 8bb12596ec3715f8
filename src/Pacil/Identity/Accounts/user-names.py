"""Makes user-names.txt from the ICU library of this machine, for UserNames.cs. Run it where that file is.

usage: python3 user-names.py > user-names.txt     (Debian: libicu72; another version: ICU=74 python3 ...)
"""
import ctypes, os, sys, unicodedata

ICU = os.environ.get("ICU", "72")
uc, i18n = ctypes.CDLL(f"libicuuc.so.{ICU}"), ctypes.CDLL(f"libicui18n.so.{ICU}")
error = ctypes.c_int(0)


def call(library, name, result, *arguments):
    function = getattr(library, f"{name}_{ICU}")
    function.restype = result
    return function(*arguments)


def version():
    numbers = (ctypes.c_uint8 * 4)()
    call(uc, "u_getUnicodeVersion", None, numbers)
    return f"{numbers[0]}.{numbers[1]}"


checker = ctypes.c_void_p(call(i18n, "uspoof_open", ctypes.c_void_p, ctypes.byref(error)))
recommended = ctypes.c_void_p(call(i18n, "uspoof_getRecommendedSet", ctypes.c_void_p, ctypes.byref(error)))
# The scripts that are recommended for identifiers (UAX 31, table 5).
RECOMMENDED = set("Arab Armn Beng Bopo Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hani Hebr Hira Kana Khmr Knda Laoo Latn"
                  " Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt".split())


def category(code):
    """As ICU numbers them: Lu Ll Lt Lm Lo are 1 to 5, Mn Me Mc 6 to 8, Nd 9."""
    return call(uc, "u_charType", ctypes.c_int8, code)


def scripts(code):
    """Its scripts by their codes; "*" where it goes with any."""
    numbers = (ctypes.c_int * 64)()
    count = call(uc, "uscript_getScriptExtensions", ctypes.c_int32, code, numbers, 64, ctypes.byref(error))
    names = {call(uc, "uscript_getShortName", ctypes.c_char_p, n).decode() for n in numbers[:count]}
    return "*" if names & {"Zyyy", "Zinh"} else " ".join(sorted(names & RECOMMENDED))


def skeleton(code):
    source = chr(code).encode()
    target = ctypes.create_string_buffer(256)
    size = call(i18n, "uspoof_getSkeletonUTF8", ctypes.c_int32, checker, 0, source, len(source), target, 256,
                ctypes.byref(error))
    return target.raw[:size].decode()


def hexes(text):
    return " ".join(f"{ord(c):04X}" for c in text)


letters = [code for code in range(0x110000) if not 0xD800 <= code < 0xE000 and 1 <= category(code) <= 9]
print(f"""# What user names may be made of, and what looks alike. Made by user-names.py from ICU {ICU}, Unicode {version()}:
# UTS 39 "Unicode Security Mechanisms" and UAX 24 "Script Names"; https://www.unicode.org/license.txt
# A line "FROM-TO SCRIPT ...": letters, marks and digits whose Identifier_Status is Allowed, and their scripts
# (Script_Extensions); "*" goes with any.""")
first = last = which = None
for code in [code for code in letters if call(uc, "uset_contains", ctypes.c_int8, recommended, code)] + [0x110001]:
    found = scripts(code) if code < 0x110000 else None
    if last is not None and code == last + 1 and found == which:
        last = code
        continue
    if last is not None:
        print(f"{first:04X}-{last:04X} {which}")
    first, last, which = code, code, found
print("# A line \"CHARACTER>PROTOTYPE ...\": letters, marks and digits that look like others (confusables.txt).")
for code in letters:
    # What is composed is taken apart first.
    if unicodedata.normalize("NFD", chr(code)) == chr(code) != (text := skeleton(code)):
        print(f"{code:04X}>{hexes(text)}")
if error.value > 0:
    sys.exit(f"ICU error {error.value}")
