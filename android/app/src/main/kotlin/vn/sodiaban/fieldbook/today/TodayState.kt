package vn.sodiaban.fieldbook.today

import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.PostRole
import vn.sodiaban.fieldbook.core.Today
import vn.sodiaban.fieldbook.ui.Reading

/** Hôm nay. */
data class TodayState(
    val today: Reading<Today> = Reading.Loading,
    /** "Gửi ngay" was pressed and is still at work. */
    val isSending: Boolean = false,
    /** Why the last "Gửi ngay" did not go through. */
    val problem: FieldbookException? = null,
)

/** Heads and secretaries see their two tiles. */
val Today.showsTiles: Boolean get() = posts.any { it.role == PostRole.HEAD || it.role == PostRole.SECRETARY }
