package vn.sodiaban.fieldbook.me

import java.io.Serializable
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Status
import vn.sodiaban.fieldbook.ui.Reading

/** Tôi. */
data class MeState(
    val status: Reading<Status> = Reading.Loading,
    val chosen: Chosen = Chosen(),
    /** Unfinished forms, which signing out deletes. */
    val drafts: Int = 0,
    val isBusy: Boolean = false,
    val problem: FieldbookException? = null,
)

/** What one is doing on the page; kept over a kill. */
enum class MeTask : Serializable { LOOK, PIN, SIGN_OUT }

/** Which language the words are in: the phone's own, or one chosen for this app. */
enum class Language(val tag: String) { PHONE(""), VIETNAMESE("vi"), ENGLISH("en") }
