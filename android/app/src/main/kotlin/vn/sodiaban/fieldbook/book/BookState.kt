package vn.sodiaban.fieldbook.book

import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.HamletChoice

/** Sổ: what is looked for, and what has been read of it so far. */
data class BookState(
    val asked: BookFilter = BookFilter(),
    /** One's own hamlets, to filter by. */
    val hamlets: List<HamletChoice> = emptyList(),
    val rows: List<CaseRow> = emptyList(),
    /** There is more to read. */
    val hasMore: Boolean = false,
    val isReading: Boolean = true,
    val problem: FieldbookException? = null,
)

data class BookFilter(
    val kind: CaseKind = CaseKind.PROBLEM,
    val hamletId: String? = null,
    val openOnly: Boolean = false,
    val mineOnly: Boolean = false,
    val words: String = "",
) {
    val isNarrow: Boolean get() = hamletId != null || openOnly || mineOnly || words.isNotBlank()
}

/** The parts of the book, in order. */
val Parts: List<CaseKind> = listOf(CaseKind.PROBLEM, CaseKind.PETITION, CaseKind.VISIT)
