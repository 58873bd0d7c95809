"""Random values of the model, for laws."""

from hypothesis import strategies as st

from workflow.markup import tidy
from workflow.model import STANDALONE, Code, CodeKind, Text

letters = st.text(
    alphabet=st.one_of(
        st.sampled_from('абвәіңөүabcABC .,!?&<>"«»“”\\*_[]`#|~1234567890\u00a0'),
        st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")),
    ),
    max_size=40,
)
_WRAPPERS = [kind for kind in CodeKind if kind not in STANDALONE]
_targets = st.sampled_from(["https://example.org/?a=1&b=2", "/x", 'https://e.org/"q"'])


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> Text:
    """A tidy text with nested codes."""
    plain, codes = _pieces(draw, depth)
    return tidy(Text(plain, tuple(codes)))


def _pieces(draw: st.DrawFn, depth: int) -> tuple[str, list[Code]]:
    plain, codes = "", []
    for _ in range(draw(st.integers(0, 3))):
        choice = draw(st.integers(0, 5)) if depth else 0
        if choice == 5:
            kind = draw(st.sampled_from(sorted(STANDALONE)))
            target = draw(_targets) if kind is CodeKind.IMAGE else ""
            at = len(plain)
            codes.append(Code(kind=kind, start=at, end=at + 1, target=target))
            plain += STANDALONE[kind]
        elif choice >= 3:
            kind = draw(st.sampled_from(_WRAPPERS))
            inner, inner_codes = _pieces(draw, depth - 1)
            target = draw(_targets) if kind is CodeKind.LINK else ""
            at = len(plain)
            codes.append(Code(kind=kind, start=at, end=at + len(inner), target=target))
            codes.extend(code.moved(at) for code in inner_codes)
            plain += inner
        else:
            plain += draw(letters)
    return plain, codes
