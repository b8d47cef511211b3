package vn.sodiaban.fieldbook.position

import android.Manifest
import android.annotation.SuppressLint
import android.content.Context
import android.content.pm.PackageManager
import android.location.Location
import android.location.LocationManager
import android.os.Build
import android.os.CancellationSignal
import androidx.core.content.ContextCompat
import androidx.core.location.LocationCompat
import androidx.core.location.LocationManagerCompat
import kotlin.coroutines.resume
import kotlin.math.ceil
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withTimeoutOrNull
import vn.sodiaban.fieldbook.core.PositionFix

/** How the search for a position stands. */
enum class Fixing { IDLE, LOOKING, NOT_ALLOWED, SWITCHED_OFF, NOT_FOUND }

/** One position when it is asked for, by the phone itself; never a second one by itself. */
class Fixes(private val context: Context) {
    /** The system would not ask the person. */
    val isAllowed: Boolean get() = isGranted(Manifest.permission.ACCESS_COARSE_LOCATION) || isFine

    private val isFine: Boolean get() = isGranted(Manifest.permission.ACCESS_FINE_LOCATION)

    /** What was found, or why nothing was. Waits at most [PATIENCE_MS]. */
    suspend fun take(): Pair<PositionFix?, Fixing> {
        if (!isAllowed) return null to Fixing.NOT_ALLOWED
        val manager = checkNotNull(context.getSystemService(LocationManager::class.java))
        val provider = providers().firstOrNull { it in manager.allProviders && manager.isProviderEnabled(it) }
            ?: return null to Fixing.SWITCHED_OFF
        val location = withTimeoutOrNull(PATIENCE_MS) { current(manager, provider) } ?: return null to Fixing.NOT_FOUND
        val fix = PositionFix(
            latitude = location.latitude,
            longitude = location.longitude,
            accuracyM = ceil(location.accuracy).toInt(),
            approximate = !isFine,
            mock = LocationCompat.isMock(location),
            pinned = false,
        )
        return fix to Fixing.IDLE
    }

    /** The best first; the network's alone when only an approximate position is allowed. */
    private fun providers(): List<String> = listOfNotNull(
        LocationManager.GPS_PROVIDER.takeIf { isFine },
        LocationManager.FUSED_PROVIDER.takeIf { Build.VERSION.SDK_INT >= Build.VERSION_CODES.S },
        LocationManager.NETWORK_PROVIDER,
    )

    @SuppressLint("MissingPermission") // asked by take()
    private suspend fun current(manager: LocationManager, provider: String): Location? = suspendCancellableCoroutine { waiting ->
        val signal = CancellationSignal()
        waiting.invokeOnCancellation { signal.cancel() }
        LocationManagerCompat.getCurrentLocation(manager, provider, signal, ContextCompat.getMainExecutor(context)) {
            if (waiting.isActive) waiting.resume(it)
        }
    }

    private fun isGranted(permission: String) =
        ContextCompat.checkSelfPermission(context, permission) == PackageManager.PERMISSION_GRANTED

    companion object {
        const val PATIENCE_MS = 30_000L
    }
}
