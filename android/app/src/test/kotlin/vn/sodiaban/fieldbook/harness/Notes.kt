package vn.sodiaban.fieldbook.harness

import kotlinx.coroutines.runBlocking
import vn.sodiaban.fieldbook.Graph
import vn.sodiaban.fieldbook.core.CaseKind
import vn.sodiaban.fieldbook.core.Entry
import vn.sodiaban.fieldbook.core.NewDraft
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.PetitionKind
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.Saved
import vn.sodiaban.fieldbook.core.Urgency

/** A resident's proposal, written down without the screen. */
fun Graph.notePetition(text: String, photoPath: String? = null): Saved = runBlocking {
    val hamlet = fieldbook.status().posts.first().unitId
    val draft = fieldbook.startDraft(NewDraft(CaseKind.PETITION, hamlet, null, false))
    val photos = listOfNotNull<PhotoEntry>(photoPath?.let { fieldbook.shrinkPhoto(it) })
    val entry = PetitionEntry(hamlet, PetitionKind.PROPOSAL, Urgency.NORMAL, text, "", true, "", "", "", false, photos)
    fieldbook.keepDraft(draft.id, "review", Entry.Petition(entry), null)
    fieldbook.save(draft.id)
}
