"""week.html as its readers get it: articles, tables and lists of text, by html.parser."""

import html.parser
import re

VOID = {"meta", "input", "br", "link"}


class Node:
    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    def all(self, tag=None, of_class=None):
        """Elements below, in order, of that name and class."""
        for child in self.children:
            if isinstance(child, str):
                continue
            classes = (child.attributes.get("class") or "").split()
            if tag in (None, child.tag) and (of_class is None or of_class in classes):
                yield child
            yield from child.all(tag, of_class)

    def raw(self):
        """The text below as it stands."""
        return "".join(c if isinstance(c, str) else c.raw() for c in self.children)

    def text(self):
        return re.sub(r"\s+", " ", self.raw()).strip()

    def rows(self):
        """Cells' texts of a table's body."""
        return [[c.text() for c in row.children if not isinstance(c, str)]
                for body in self.all("tbody") for row in body.all("tr")]


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node("", [])
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, attrs)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag):
        assert self.open[-1].tag == tag, "</%s> ends <%s>" % (tag, self.open[-1].tag)
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(path):
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    assert len(reader.open) == 1
    return reader.root


def sheets(page, kind):
    """{id: article} of the rooms, therapists or patients."""
    return {a.attributes["id"].split("-", 1)[1]: a for a in page.all("article", kind)}
