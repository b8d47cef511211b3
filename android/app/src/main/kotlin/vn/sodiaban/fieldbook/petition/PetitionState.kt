package vn.sodiaban.fieldbook.petition

import java.time.Instant
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.HamletChoice
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.MyPost
import vn.sodiaban.fieldbook.core.PetitionEntry
import vn.sodiaban.fieldbook.core.PhotoEntry
import vn.sodiaban.fieldbook.core.SorterResult
import vn.sodiaban.fieldbook.form.PhotoWork

/** The pages of the form, in order; its draft remembers the last one by name. */
enum class PetitionStep {
    TEXT,
    WHO,
    WHERE,
    REVIEW,
    ;

    val number: Int get() = ordinal + 1

    companion object {
        /** Of a draft that came from elsewhere (undone, sent back) everything is shown first. */
        fun of(kept: String): PetitionStep = entries.find { it.name == kept } ?: REVIEW
    }
}

/** A petition being taken down. */
sealed interface PetitionState {
    data object Loading : PetitionState

    data class Failed(val problem: FieldbookException) : PetitionState

    /** The questions: nothing of the petition exists yet. */
    data class Sorting(val isBusy: Boolean = false, val problem: FieldbookException? = null) : PetitionState

    /** A denunciation: where to hand it over. */
    data class Guidance(
        /** The places it may have been in: one's own. */
        val hamlets: List<HamletChoice>,
        val officePhone: String?,
        /** It was noted that a resident was advised. */
        val isNoted: Boolean = false,
        val isBusy: Boolean = false,
        val problem: FieldbookException? = null,
    ) : PetitionState

    /** "Lưu" went through: the page may go. */
    data class Saved(val saved: vn.sodiaban.fieldbook.core.Saved) : PetitionState

    data class Form(
        val draftId: String,
        val step: PetitionStep,
        val entry: PetitionEntry,
        /** Its clock and its way, by its kind as it stands. */
        val result: SorterResult?,
        val hamlets: List<HamletChoice>,
        val posts: List<MyPost>,
        val postId: String?,
        /** It was opened again: when it was last kept. */
        val restored: Instant? = null,
        /** Came by "Sửa": the main action leads back to "Kiểm tra lại". */
        val isEditing: Boolean = false,
        /** The office sent it back, and this puts it right. */
        val repairs: Boolean = false,
        val photoWork: PhotoWork? = null,
        /** The pictures before the last was taken out, until the next page. */
        val removedFrom: List<PhotoEntry>? = null,
        val isBusy: Boolean = false,
        val problem: FieldbookException? = null,
    ) : PetitionState {
        /** What is wrong with this field. */
        fun fault(field: Field): InputFault? = (problem as? FieldbookException.Invalid)?.takeIf { it.`field` == field }?.fault
    }
}
