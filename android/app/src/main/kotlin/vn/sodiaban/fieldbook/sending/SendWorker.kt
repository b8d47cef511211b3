package vn.sodiaban.fieldbook.sending

import android.content.Context
import androidx.work.CoroutineWorker
import androidx.work.WorkerParameters
import vn.sodiaban.fieldbook.FieldbookApp
import vn.sodiaban.fieldbook.core.FieldbookException
import vn.sodiaban.fieldbook.core.Network
import vn.sodiaban.fieldbook.core.PhotoPolicy
import vn.sodiaban.fieldbook.core.Standing
import vn.sodiaban.fieldbook.core.SyncOutcome
import vn.sodiaban.fieldbook.core.Traffic
import vn.sodiaban.fieldbook.core.Trouble
import vn.sodiaban.fieldbook.ui.Outcome
import vn.sodiaban.fieldbook.ui.outcome

/** Sends and receives once while the app is closed, then tells what is worth knowing. */
class SendWorker(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result {
        val graph = (applicationContext as FieldbookApp).graph()
        graph.open()
        val fieldbook = graph.fieldbook
        val standing = (outcome { fieldbook.status() } as? Outcome.Done)?.value?.standing
        if (standing == Standing.NOT_ENROLLED) return Result.success()
        val sent = outcome {
            fieldbook.setNetwork(graph.networkWatch.now())
            fieldbook.syncNow()
        }
        if (sent is Outcome.Done && sent.value.traffic.photosWaitForWifi()) graph.plan.onWifi()
        graph.teller.tell()
        return when (sent) {
            is Outcome.Failed -> if (sent.problem is FieldbookException.Offline) Result.retry() else Result.failure()
            is Outcome.Done -> sent.value.result()
        }
    }

    private fun SyncOutcome.result(): Result = when (trouble) {
        null -> if (complete) Result.success() else Result.retry()
        Trouble.OFFLINE, Trouble.OFFICE_BUSY, Trouble.UNTRUSTED, Trouble.BROKEN, Trouble.AWAIT_CONFIRMATION -> Result.retry()
        Trouble.REVOKED, Trouble.UPDATE_APP, Trouble.SIGN_IN_AGAIN -> Result.failure() // a person has to do something first
    }

    private fun Traffic.photosWaitForWifi() =
        photosWaiting > 0 && network == Network.METERED && photoPolicy == PhotoPolicy.TEXT_ONLY
}
