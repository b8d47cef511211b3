package vn.sodiaban.fieldbook.harness

import vn.sodiaban.fieldbook.core.CaseFilter
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.CaseRow
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.Saved

/** A petition written down without the screen, in the first of one's own hamlets. */
suspend fun FieldbookInterface.petition(text: String, hamletId: String? = null): Saved {
    val hamlet = hamletId ?: hamlets().first { it.own }.id
    val draft = startDraft(NewDraft(CaseKind.PETITION, hamlet, sinceBoot = null, later = false))
    val entry = (draft.entry as Entry.Petition).entry.copy(kind = PetitionKind.PROPOSAL, text = text, name = "Nguyễn Thị Hoa")
    keepDraft(draft.id, "", Entry.Petition(entry), draft.posts.first().id)
    return save(draft.id)
}

/** Every petition on this phone. */
suspend fun FieldbookInterface.petitions(words: String = ""): List<CaseRow> =
    cases(CaseFilter(CaseKind.PETITION, null, openOnly = false, mineOnly = false, words = words), null).rows
