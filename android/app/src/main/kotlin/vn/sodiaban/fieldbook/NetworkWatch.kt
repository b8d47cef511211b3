package vn.sodiaban.fieldbook

import android.content.Context
import android.net.ConnectivityManager
import android.net.NetworkCapabilities
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.distinctUntilChanged
import vn.sodiaban.fieldbook.core.Network

/** What the system says about the network, now and at each change. */
class NetworkWatch(private val context: Context) {
    private val connectivity by lazy { checkNotNull(context.getSystemService(ConnectivityManager::class.java)) }

    val network: Flow<Network> = callbackFlow {
        val callback = object : ConnectivityManager.NetworkCallback() {
            override fun onCapabilitiesChanged(network: android.net.Network, capabilities: NetworkCapabilities) {
                trySend(kind(capabilities))
            }

            override fun onLost(network: android.net.Network) {
                trySend(Network.NO_NETWORK)
            }
        }
        send(now())
        connectivity.registerDefaultNetworkCallback(callback)
        awaitClose { connectivity.unregisterNetworkCallback(callback) }
    }.distinctUntilChanged()

    fun now(): Network = connectivity.getNetworkCapabilities(connectivity.activeNetwork)?.let(::kind) ?: Network.NO_NETWORK

    private fun kind(capabilities: NetworkCapabilities): Network =
        if (capabilities.hasCapability(NetworkCapabilities.NET_CAPABILITY_NOT_METERED)) Network.UNMETERED else Network.METERED
}
