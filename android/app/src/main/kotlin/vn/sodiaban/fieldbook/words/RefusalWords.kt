package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Refusal

/** Why the office refused a record, and what to do. */
@StringRes
fun Refusal.sentence(): Int = when (this) {
    Refusal.MALFORMED -> R.string.refusal_malformed
    Refusal.UNKNOWN_ROOT -> R.string.refusal_unknown_root
    Refusal.UNKNOWN_TARGET -> R.string.refusal_unknown_target
    Refusal.UNKNOWN_UNIT -> R.string.refusal_unknown_unit
    Refusal.UNKNOWN_KIND -> R.string.refusal_unknown_kind
    Refusal.NOT_YOUR_UNIT -> R.string.refusal_not_your_unit
    Refusal.NOT_YOUR_POST -> R.string.refusal_not_your_post
    Refusal.NOT_YOUR_DUTY -> R.string.refusal_not_your_duty
    Refusal.NOT_YOURS -> R.string.refusal_not_yours
    Refusal.POST_ENDED -> R.string.refusal_post_ended
    Refusal.TOO_LATE -> R.string.refusal_too_late
    Refusal.NOT_ALLOWED_NOW -> R.string.refusal_not_allowed_now
    Refusal.UNIT_ENDED -> R.string.refusal_unit_ended
    Refusal.OFFICE_ONLY -> R.string.refusal_office_only
    Refusal.DENUNCIATION_KEEPS_NOTHING -> R.string.refusal_denunciation_keeps_nothing
    Refusal.VISIT_TOO_OLD -> R.string.refusal_visit_too_old
    Refusal.VISIT_IN_FUTURE -> R.string.refusal_visit_in_future
    Refusal.UNKNOWN -> R.string.refusal_unknown
}
