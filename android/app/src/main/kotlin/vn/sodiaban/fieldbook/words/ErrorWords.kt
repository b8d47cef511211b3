package vn.sodiaban.fieldbook.words

import androidx.annotation.StringRes
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.InputFault
import vn.sodiaban.fieldbook.core.Rejection

/** What to do about an error of the core, as a sentence. The only file that knows. */
@StringRes
fun FieldbookException.sentence(): Int = when (this) {
    is FieldbookException.Offline -> R.string.error_offline
    is FieldbookException.SignInAgain -> R.string.error_sign_in_again
    is FieldbookException.UpdateApp -> R.string.error_update_app
    is FieldbookException.Rejected -> code.sentence()
    is FieldbookException.StorageFull -> R.string.error_storage_full
    is FieldbookException.Invalid -> fault.sentence()
    is FieldbookException.Internal -> R.string.error_internal
}

@StringRes
private fun Rejection.sentence(): Int = when (this) {
    Rejection.BadCode -> R.string.error_bad_code
    Rejection.Revoked -> R.string.error_revoked
    Rejection.AwaitConfirmation -> R.string.error_await_confirmation
    Rejection.Slower -> R.string.error_slower
    Rejection.Unavailable -> R.string.error_unavailable
    is Rejection.WouldBeRefused -> refusal.sentence()
    Rejection.NotRefused -> R.string.error_not_refused
    Rejection.NotFound -> R.string.error_not_found
    Rejection.TooLateToUndo -> R.string.error_too_late_to_undo
    Rejection.Other -> R.string.error_internal
}

/** Beside the field, in the same words as in the summary. */
@StringRes
fun InputFault.sentence(): Int = when (this) {
    InputFault.MISSING -> R.string.fault_missing
    InputFault.MALFORMED -> R.string.fault_malformed
    InputFault.TOO_LONG -> R.string.fault_too_long
    InputFault.IN_FUTURE -> R.string.fault_in_future
    InputFault.TOO_OLD -> R.string.fault_too_old
    InputFault.ENDS_BEFORE_START -> R.string.fault_ends_before_start
    InputFault.NOT_A_PICTURE -> R.string.fault_not_a_picture
    InputFault.TOO_LARGE -> R.string.fault_too_large
    InputFault.DAMAGED -> R.string.fault_damaged
    InputFault.NOT_TAKEN_HERE -> R.string.fault_not_taken_here
}
