#!/usr/bin/env python3
"""Takes the words over from the Android app: writes the String Catalog and the keys that Swift knows them by.

Both apps say the same in both languages. Words are changed in android/app/src/main/res/values*/strings*.xml; then
this is run, and the census test holds the two together.
"""

import json
import re
import xml.etree.ElementTree as xml
from pathlib import Path

IOS = Path(__file__).parent
ANDROID = IOS.parent / "android/app/src/main/res"
KIT = IOS / "Packages/FieldbookKit/Sources/FieldbookKit"


def text(element):
    """The words of an element, as a format of Foundation."""
    words = re.sub(r"\\(.)", lambda escape: {"n": "\n"}.get(escape[1], escape[1]), element.text or "")
    return re.sub(r"%(\d)\$s", r"%\1$@", re.sub(r"%(\d)\$d", r"%\1$lld", words))


def unit(element):
    return {"stringUnit": {"state": "translated", "value": text(element)}}


def words(folder):
    """Key to what the catalog says about it in one language."""
    found = {}
    for file in sorted((ANDROID / folder).glob("strings*.xml")):
        for element in xml.parse(file).getroot():
            name = element.get("name")
            if element.tag == "plurals":
                found[name] = {"variations": {"plural": {item.get("quantity"): unit(item) for item in element}}}
            elif element.tag == "string-array":
                found |= {f"{name}_{number}": unit(item) for number, item in enumerate(element, 1)}
            else:
                found[name] = unit(element)
    return found


def camel(key):
    first, *rest = key.split("_")
    return first + "".join(part.capitalize() for part in rest)


def main():
    vi, en = words("values"), words("values-en")
    strings = {key: {"extractionState": "manual", "localizations": {"en": en[key], "vi": vi[key]}} for key in vi}
    catalog = {"sourceLanguage": "vi", "strings": strings, "version": "1.0"}
    text = json.dumps(catalog, ensure_ascii=False, indent=2, sort_keys=True, separators=(",", " : "))
    (KIT / "Resources/Localizable.xcstrings").write_text(text + "\n")
    cases = "".join(f'    case {camel(key)} = "{key}"\n' for key in sorted(vi))
    (KIT / "words/Key.swift").write_text(
        "/// The words by name, the same names as on Android. Written by `take-over-words.py`.\n"
        f"public enum Key: String, CaseIterable, Sendable {{\n{cases}}}\n"
    )


main()
