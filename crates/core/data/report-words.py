"""Lists the words that reports are written in: those in texts of the source code, and Microsoft's own.

A part of a name that is such a word, "Mark" for example, is not looked for by itself when a report is verified;
the whole name is. Run after views have changed: python3 crates/core/data/report-words.py
"""
import pathlib, re

root = pathlib.Path(__file__).resolve().parents[3]
words = set()
for folder in ["crates/core/src", "crates/store/src", "src"]:
    for path in (root / folder).rglob("*.rs"):
        name = str(path.relative_to(root))
        if "/sample/" in name or name.endswith("tests.rs") or "/tests/" in name:
            continue
        text = path.read_text().split("#[cfg(test)]")[0]
        text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
        for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', text, flags=re.S):
            literal = re.sub(r"\\u\{[0-9a-f]+\}|\\.", " ", literal)
            spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", literal)
            words.update(word.lower() for word in re.findall(r"[A-Za-z]{2,}", spaced + " " + literal))
for name in ["crates/store/data/vocabulary.tsv", "crates/core/data/public-words.txt"]:
    text = (root / name).read_text()
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", text)
    words.update(word.lower() for word in re.findall(r"[A-Za-z]{2,}", spaced + " " + text))
for path in (root / "static/css").glob("*.css"):
    words.update(word.lower() for word in re.findall(r"[A-Za-z]{2,}", path.read_text()))
# Examples that the page shows.
words -= {"contoso", "fabrikam", "dana", "adele", "woodgrove", "evil", "onmicrosoft"}
target = root / "crates/core/data/report-words.txt"
target.write_text("".join(word + "\n" for word in sorted(words) if len(word) <= 24))
print(len(words), "words")
