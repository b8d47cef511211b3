package vn.sodiaban.fieldbook.sending

import android.content.Context
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.Operation
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkRequest
import androidx.work.await
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext

/** When to send and receive while the app is closed. The core decides what goes: text on any network, photos as the person chose. */
class SendPlan(private val context: Context) {
    /** Once an hour, from now on. */
    suspend fun hourly() = planned {
        val work = PeriodicWorkRequestBuilder<SendWorker>(1, TimeUnit.HOURS).setConstraints(on(NetworkType.CONNECTED)).patient().build()
        enqueueUniquePeriodicWork(HOURLY, ExistingPeriodicWorkPolicy.KEEP, work)
    }

    /** Something waits: as soon as there is a network. */
    suspend fun soon() = once(SOON, NetworkType.CONNECTED)

    /** Photos wait for a network that is not paid by size. */
    suspend fun onWifi() = once(ON_WIFI, NetworkType.UNMETERED)

    private suspend fun once(name: String, network: NetworkType) = planned {
        val work = OneTimeWorkRequestBuilder<SendWorker>().setConstraints(on(network)).patient().build()
        enqueueUniqueWork(name, ExistingWorkPolicy.REPLACE, work)
    }

    /** Off the main thread: the first call opens WorkManager's own database. */
    private suspend fun planned(plan: WorkManager.() -> Operation) = withContext(Dispatchers.IO) {
        WorkManager.getInstance(context).plan().await()
        Unit
    }

    private fun on(network: NetworkType) = Constraints.Builder().setRequiredNetworkType(network).build()

    private fun <B : WorkRequest.Builder<B, *>> B.patient(): B = setBackoffCriteria(BackoffPolicy.EXPONENTIAL, 1, TimeUnit.MINUTES)

    internal companion object {
        const val HOURLY = "send-hourly"
        const val SOON = "send-soon"
        const val ON_WIFI = "send-on-wifi"
    }
}
